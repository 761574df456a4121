// SPDX-License-Identifier: Apache-2.0
import { gzipSync } from 'node:zlib';
import { routeTable } from '@tenantry/backstage-plugin-tenants-common';
import { parseDefinitions } from '@tenantry/backstage-plugin-tenants-node/definitions';
import type { FaultCounts } from '../FaultCase';
import { TENANT } from './callers';
import { rawRequest, statusOfRaw } from './rawRequest';
import { portalCase, type Attack } from './portalCase';
import type { TestPortal } from './TestPortal';

const API = '/api/tenants';
const zero = (is: number) => ({ is, atMost: 0 });
const oneMiB = 1024 ** 2;
const stream = { method: 'POST' } as const;

async function statuses(
  requests: readonly Promise<Response>[],
): Promise<number[]> {
  const answers = await Promise.all(requests);
  return Promise.all(
    answers.map(async answer => {
      await answer.body?.cancel();
      return answer.status;
    }),
  );
}

function serverErrors(found: readonly number[]): FaultCounts {
  return { 'answers 5xx': zero(found.filter(s => s >= 500).length) };
}

/** The same keys in files of module definitions. */
const poisonedFiles = [
  'modules: { __proto__: { polluted: 1 } }',
  'modules: { a: { chart_path: a, default_config: { constructor: { prototype: { polluted: 1 } } } } }',
  'modules: { a: { chart_path: a, helm_values: { "__proto__.polluted": 1 } } }',
  'modules: { a: { parameters: { properties: { __proto__: { default: 1 } } } } }',
  'tiers: { a: { quota: { __proto__: 1 } } }',
  '"__proto__": { polluted: 1 }',
];

/** How many are taken, and how many keys objects have gained from all of them. */
function readPoisonedFiles() {
  const taken = poisonedFiles.filter(
    text => parseDefinitions([{ path: 'a.yaml', text }]).catalogue,
  );
  const gained = Object.keys(Object.prototype).length;
  return { taken: taken.length, gained };
}

async function prototypeKeys(portal: TestPortal): Promise<Attack> {
  const poison =
    '{"__proto__":{"polluted":1},"constructor":{"prototype":{"polluted":1}}';
  const bodies = [
    `${poison}}`,
    `${poison},"schema":1,"subs":[]}`,
    `{"schema":1,"subs":[{"id":"__proto__","kind":"tenant","params":{"tenant":"__proto__","__proto__":{"polluted":1}}}]}`,
  ];
  const paths = [
    '/v1/tenants?__proto__[polluted]=1&constructor[prototype][polluted]=1',
    '/v1/tenants/__proto__',
    '/v1/tenants/constructor',
    '/v1/tenants/prototype/logs?pod=__proto__',
    `/v1/tenants/${TENANT}/members?__proto__.polluted=1`,
    `/v1/tenants/${TENANT}/audit?constructor.prototype.polluted=1`,
  ];
  const found = await statuses([
    ...bodies.map(body =>
      portal.call(`${API}/v1/stream`, 'pia', { ...stream, body }),
    ),
    ...paths.map(path => portal.call(`${API}${path}`, 'pia')),
  ]);
  const { prototypeKeys: keys } = await portal.probe();
  const files = readPoisonedFiles();
  return {
    injected: found.length + poisonedFiles.length,
    counts: {
      ...serverErrors(found),
      'definitions taken': zero(files.taken),
      'Object.prototype changed': zero(keys.length + files.gained),
    },
  };
}

async function oversized(portal: TestPortal): Promise<Attack> {
  const big = JSON.stringify({
    schema: 1,
    subs: [],
    more: 'x'.repeat(2 * oneMiB),
  });
  const many = Array.from({ length: 10_000 }, (_, i) => `p${i}=1`).join('&');
  const subs = Array.from({ length: 10_000 }, (_, i) => ({
    id: String(i),
    kind: 'tenants',
  }));
  const body = JSON.stringify({ schema: 1, subs });
  const [large, params, manySubs] = await statuses([
    portal.call(`${API}/v1/stream`, 'pia', { ...stream, body: big }),
    portal.call(`${API}/v1/tenants?${many}`, 'pia'),
    portal.call(`${API}/v1/stream`, 'pia', { ...stream, body }),
  ]);
  const header = statusOfRaw(
    await rawRequest(
      portal.url,
      `GET ${API}/v1/health HTTP/1.1\r\nHost: localhost\r\nX-Big: ${'x'.repeat(
        oneMiB,
      )}\r\n\r\n`,
    ),
  );
  return {
    injected: 4,
    counts: {
      'wrong answer to a 2 MiB body': zero(Number(large !== 413)),
      'wrong answer to 10k query parameters': zero(
        Number(![400, 414, 431].includes(params)),
      ),
      'wrong answer to 10k subscriptions': zero(Number(manySubs !== 400)),
      // A server that cuts the connection while the header still comes may do so before its answer is read.
      'wrong answer to a 1 MiB header': zero(
        Number(![0, 431].includes(header)),
      ),
    },
  };
}

async function bomb(portal: TestPortal): Promise<Attack> {
  const before = (await portal.probe()).rssBytes;
  const body = gzipSync(Buffer.alloc(256 * oneMiB, ' '));
  const [status] = await statuses([
    portal.call(`${API}/v1/stream`, 'pia', {
      ...stream,
      body,
      headers: { 'Content-Encoding': 'gzip' },
    }),
  ]);
  const grown = (await portal.probe()).rssBytes - before;
  return {
    injected: 1,
    counts: {
      'wrong answer to 256 MiB in a small body': zero(Number(status !== 413)),
      'MiB of memory more': { is: Math.round(grown / oneMiB), atMost: 64 },
    },
  };
}

/** Names that would leave their place in a path, or mean another. */
const escapes = [
  '..%2f..%2fnamespaces',
  '%2e%2e%2fkube-system',
  '..%5c..%5csecrets',
  'a%00b',
  '%e2%80%a5%2fx',
  '%ef%bc%8e%ef%bc%8e',
  `${TENANT}%2f..%2fbilling`,
  `${TENANT};x=1`,
  `${TENANT}%20`,
  'PAYMENTS-GATEWAY',
];

/** Requests for single objects and logs that the clusters have seen. */
async function objectReads(portal: TestPortal): Promise<number> {
  const counts = await Promise.all(
    portal.clusters.map(async ({ url, token }) => {
      const response = await fetch(`${url}/_sim/requests`, {
        headers: { Authorization: `Bearer ${token}` },
      });
      const { counts: seen } = await response.json();
      return Object.entries<number>(seen)
        .filter(([what]) => /^get [a-z]/.test(what))
        .reduce((sum, [, count]) => sum + count, 0);
    }),
  );
  return counts.reduce((sum, count) => sum + count, 0);
}

async function traversal(portal: TestPortal): Promise<Attack> {
  const before = await objectReads(portal);
  const oneTenant = Object.values(routeTable).filter(
    ({ scope }) => scope === 'one',
  );
  const paths = escapes.flatMap(name => [
    ...oneTenant.map(({ path }) => API + path.replace(':tenant', name)),
    `${API}/v1/tenants/${TENANT}/logs?tailLines=1&pod=${name}`,
    `${API}/v1/tenants/${TENANT}/logs?tailLines=1&container=${name}&environment=${name}`,
  ]);
  const found: number[] = [];
  let shown = 0;
  for (const path of paths) {
    const response = await portal.call(
      path,
      paths.indexOf(path) % 2 ? 'pia' : 'paul',
    );
    const text = await response.text();
    found.push(response.status);
    if (
      response.status === 200 &&
      /"type":"(source|lines)"|"environments"/.test(text)
    ) {
      shown += 1;
    }
  }
  return {
    injected: paths.length,
    counts: {
      ...serverErrors(found),
      'answers with data': zero(shown),
      'objects read from clusters': zero((await objectReads(portal)) - before),
    },
  };
}

/** Texts that would widen a selector if they became part of one. */
const widening = [
  'a,b',
  '!a',
  'a in (b,c)',
  'a=b',
  'a!=b',
  '*',
  ' ',
  'a||b',
  'metadata.namespace!=x',
];

async function selectors(portal: TestPortal): Promise<Attack> {
  const fields = ['pod', 'container', 'module', 'workload', 'environment'];
  let widened = 0;
  const found: number[] = [];
  for (const text of widening) {
    for (const field of fields) {
      const query = new URLSearchParams({ [field]: text, tailLines: '1' });
      // Spread over two callers, so that the limit on log requests is not what refuses them.
      const who = fields.indexOf(field) % 2 ? 'pia' : 'mia';
      const response = await portal.call(
        `${API}/v1/tenants/${TENANT}/logs?${query}`,
        who,
      );
      const body = await response.text();
      found.push(response.status);
      if (body.includes('"type":"source"')) widened += 1;
    }
  }
  return {
    injected: found.length,
    counts: {
      ...serverErrors(found),
      'refused by the limit instead': zero(found.filter(s => s === 429).length),
      'widened selections': zero(widened),
    },
  };
}

async function lineBreaks(portal: TestPortal): Promise<Attack> {
  const token = portal.tokenOf('pia');
  const broken = 'x%0d%0aSet-Cookie:%20stolen=1';
  const targets = [
    `${API}/v1/tenants/${broken}`,
    `${API}/v1/tenants/${TENANT}/logs?pod=${broken}`,
    `${API}/v1/tenants/${TENANT}/audit?cursor=${broken}`,
    `${API}/v1/tenants?cursor=${broken}`,
    `${API}/${broken}`,
  ];
  const answers = await Promise.all(
    targets.map(target =>
      rawRequest(
        portal.url,
        `GET ${target} HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer ${token}\r\nConnection: close\r\n\r\n`,
      ),
    ),
  );
  const heads = answers.map(answer => answer.split('\r\n\r\n')[0]);
  return {
    injected: targets.length,
    counts: {
      ...serverErrors(answers.map(statusOfRaw)),
      'headers of the attacker’s': zero(
        heads.filter(head => /^set-cookie: stolen/im.test(head)).length,
      ),
      unanswered: zero(answers.filter(answer => answer === '').length),
    },
  };
}

/** Faults in what callers send. */
export const inputCases = [
  portalCase(
    'S2',
    'keys that are on every object',
    'They are inert.',
    prototypeKeys,
  ),
  portalCase(
    'S3',
    'oversized bodies, parameters and headers',
    'Refused by size: 413, 431, 400.',
    oversized,
  ),
  portalCase(
    'S4',
    'names that would leave their path',
    'Refused; no request leaves for a cluster.',
    traversal,
  ),
  portalCase(
    'S5',
    'texts that would widen a selector',
    'They select nothing.',
    selectors,
  ),
  portalCase(
    'S6',
    'line breaks in what is sent',
    'No header of an answer comes from a caller.',
    lineBreaks,
  ),
  portalCase(
    'S18',
    'a small body that unpacks to 256 MiB',
    'Refused while it unpacks.',
    bomb,
  ),
];
