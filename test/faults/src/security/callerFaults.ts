// SPDX-License-Identifier: Apache-2.0
import { createServer, type AddressInfo } from 'node:net';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { auditPageSchema } from '@tenantry/backstage-plugin-tenants-common';
import type { FaultCase } from '../FaultCase';
import { TENANT, matrixCallers, isUser } from './callers';
import { tryDoors } from './Cell';
import { neighbourDoors, waitForNeighbours } from './neighbourDoors';
import { ownDoors } from './ownDoors';
import { portalCase, type Attack } from './portalCase';
import { TestPortal } from './TestPortal';

const API = '/api/tenants';
const zero = (is: number) => ({ is, atMost: 0 });
const STRANGER_SUBS = JSON.stringify({
  schema: 1,
  subs: [
    { id: 'a', kind: 'tenant', params: { tenant: TENANT } },
    { id: 'b', kind: 'platform' },
    { id: 'c', kind: 'tenant', params: { tenant: 'no-such-tenant' } },
  ],
});

async function noRight(portal: TestPortal): Promise<Attack> {
  const strangers = matrixCallers.filter(
    caller =>
      !isUser(caller) || caller.is === 'guest' || caller.is === 'stranger',
  );
  let data = 0;
  let untold = 0;
  for (const { token } of strangers) {
    const response = await portal.call(`${API}/v1/stream`, token, {
      method: 'POST',
      body: STRANGER_SUBS,
    });
    const text = await response.text();
    if (/"t":"(snapshot|patch|event)"/.test(text)) data += 1;
    if (response.status === 200 && !text.includes('"reason":"forbidden"'))
      untold += 1;
  }
  return {
    injected: strangers.length,
    counts: {
      'data frames': zero(data),
      'ends without a reason': zero(untold),
    },
  };
}

async function crossSite(portal: TestPortal): Promise<Attack> {
  const cookie = `backstage-auth=${portal.tokenOf(
    'pia',
  )}; token=${portal.tokenOf('pia')}`;
  const forms = [
    'text/plain',
    'application/x-www-form-urlencoded',
    'multipart/form-data',
  ];
  const answers = await Promise.all(
    forms.map(type =>
      portal.call(`${API}/v1/stream`, undefined, {
        method: 'POST',
        body: STRANGER_SUBS,
        headers: {
          'Content-Type': type,
          Cookie: cookie,
          Origin: 'https://evil.example',
        },
      }),
    ),
  );
  const allowed = answers.filter(
    a =>
      a.headers.get('access-control-allow-origin') === 'https://evil.example',
  );
  return {
    injected: forms.length,
    counts: {
      accepted: zero(answers.filter(({ status }) => status !== 401).length),
      'foreign origins allowed': zero(allowed.length),
    },
  };
}

async function errorBodies(portal: TestPortal): Promise<Attack> {
  const json = (body: string) => ({ method: 'POST', body });
  const answers = await Promise.all([
    portal.call(`${API}/v1/stream`, 'pia', json('{"schema":1,')),
    portal.call(`${API}/v1/stream`, 'pia', json('[]')),
    portal.call(`${API}/v1/tenants?limit=-1&sort=x`, 'pia'),
    portal.call(`${API}/v1/tenants?cursor=abc`, 'pia'),
    portal.call(`${API}/v1/tenants/%E0%A4%A`, 'pia'),
    portal.call(`${API}/v1/tenants/${TENANT}/audit?from=yesterday`, 'pia'),
    portal.call(
      `${API}/v1/tenants/${TENANT}/audit?cursor=99999999999999`,
      'pia',
    ),
    portal.call(`${API}/v1/tenants/${TENANT}`, 'ada'),
    portal.call(`${API}/v1/platform`, 'paul'),
    portal.call(`${API}/v1/tenants`, 'expired'),
    portal.call(`${API}/v1/tenants`),
  ]);
  const bodies = await Promise.all(answers.map(answer => answer.text()));
  const leaks = bodies.filter(
    body =>
      /\bat .+\.[jt]s:\d+|"stack"|node_modules|select .+ from|SQLITE|eyJ[\w-]{10}/i.test(
        body,
      ) || portal.secrets().some(secret => body.includes(secret)),
  );
  return {
    injected: answers.length,
    counts: {
      'answers that are no error': zero(answers.filter(({ ok }) => ok).length),
      'answers 5xx': zero(answers.filter(({ status }) => status >= 500).length),
      leaks: zero(leaks.length),
    },
  };
}

async function auditLines(portal: TestPortal): Promise<Attack> {
  const evil = [
    'pod-1","outcome":"denied',
    'x\ny',
    '<script>',
    '\u202e',
    "'; drop table audit_events; --",
  ];
  const audit = `${API}/v1/tenants/${TENANT}/audit`;
  for (const text of evil) {
    // What somebody asked the audit for is itself a line of it.
    const read = await portal.call(
      `${audit}?actor=${encodeURIComponent(text)}`,
      'paul',
    );
    await read.body?.cancel();
  }
  const response = await portal.call(
    `${API}/v1/tenants/${TENANT}/audit?limit=200`,
    'pia',
  );
  const { items, chain } = auditPageSchema.parse(await response.json());
  const sequence = items.map(({ seq }) => seq).reverse();
  const gaps = sequence.filter((seq, index) => seq !== index + 1);
  return {
    injected: evil.length,
    counts: {
      'lines that say what nobody did': zero(
        items.filter(({ outcome }) => outcome !== 'allowed').length,
      ),
      'gaps in the numbers': zero(gaps.length),
      'breaks of the chain': zero(Number(chain.brokenAt !== undefined)),
      'texts kept as they were': {
        is: items.filter(({ detail }) => evil.includes(String(detail.actor)))
          .length,
        atMost: evil.length,
        atLeast: evil.length,
      },
    },
  };
}

async function flood(portal: TestPortal): Promise<Attack> {
  const before = (await portal.probe()).rssBytes;
  const body = JSON.stringify({
    schema: 1,
    subs: [{ id: 'a', kind: 'tenants' }],
  });
  const open = () =>
    portal.call(`${API}/v1/stream`, 'ada', { method: 'POST', body });
  const streams = await Promise.all(Array.from({ length: 50 }, open));
  const held = streams.filter(({ status }) => status === 200).length;
  const refused = streams.filter(({ status }) => status === 429).length;
  // A gentle request of somebody else, with all that open.
  const other = await portal.call(`${API}/v1/tenants`, 'paul');
  await other.body?.cancel();
  const reads = await Promise.all(
    Array.from({ length: 700 }, () => portal.call(`${API}/v1/tenants`, 'mia')),
  );
  const limited = reads.filter(({ status }) => status === 429);
  const untold = limited.filter(answer => !answer.headers.get('retry-after'));
  await Promise.all(
    [...streams, ...reads].map(answer => answer.body?.cancel()),
  );
  const grown = (await portal.probe()).rssBytes - before;
  return {
    injected: streams.length + reads.length,
    counts: {
      'streams of one user': { is: held, atMost: 5, atLeast: 5 },
      'streams refused': { is: refused, atMost: 45, atLeast: 45 },
      'reads refused': { is: limited.length, atMost: 100, atLeast: 100 },
      'refusals without Retry-After': zero(untold.length),
      'others refused': zero(Number(other.status !== 200)),
      'MiB of memory more': { is: Math.round(grown / 1024 ** 2), atMost: 200 },
    },
  };
}

async function matrix(portal: TestPortal): Promise<Attack> {
  await waitForNeighbours(portal);
  const { cells, wrong } = await tryDoors(portal, [
    ...ownDoors,
    ...neighbourDoors,
  ]);
  for (const { door, caller, expected, got } of wrong) {
    console.log(`  ${door} as ${caller}: ${got}, not ${expected}`);
  }
  return { injected: cells, counts: { 'wrong cells': zero(wrong.length) } };
}

/** Counts who connects. */
async function listen() {
  let connects = 0;
  const server = createServer(socket => {
    connects += 1;
    socket.destroy();
  }).listen(0, '127.0.0.1');
  await new Promise(resolve => server.once('listening', resolve));
  const { port } = server.address() as AddressInfo;
  return { port, connects: () => connects, close: () => server.close() };
}

/** A cluster, described by whoever can write to the catalogue, that asks for the portal’s own credentials. */
const catalogCredentials: FaultCase = {
  id: 'S15',
  title:
    'an entity that describes a cluster and asks for the portal’s credentials',
  expected: 'It is ignored: nobody connects to it.',
  how: 'A portal whose clusters also come from the catalogue, with an entity that names a listener and the serviceAccount provider.',
  seed: 0,
  async run() {
    const listener = await listen();
    const folder = await mkdtemp(join(tmpdir(), 'tenantry-clusters-'));
    const catalogFile = join(folder, 'cluster.yaml');
    await writeFile(catalogFile, clusterEntity(listener.port));
    const portal = await TestPortal.start({ catalogFile });
    try {
      // The catalogue is read in full before tenants stand in it.
      await waitForNeighbours(portal);
      const entity = await portal.call(
        '/api/catalog/entities/by-name/resource/default/stolen',
        'pia',
      );
      const platform = await portal.call(`${API}/v1/platform`, 'pia');
      const watched = (await platform.text()).includes('stolen');
      return {
        injected: Number(entity.ok),
        counts: {
          connects: zero(listener.connects()),
          'watched clusters more': zero(Number(watched)),
        },
        divergences: [],
      };
    } finally {
      await portal.stop();
      listener.close();
      await rm(folder, { recursive: true });
    }
  },
};

function clusterEntity(port: number): string {
  return JSON.stringify({
    apiVersion: 'backstage.io/v1alpha1',
    kind: 'Resource',
    metadata: {
      name: 'stolen',
      annotations: {
        'kubernetes.io/api-server': `http://127.0.0.1:${port}`,
        'kubernetes.io/api-server-certificate-authority': '',
        'kubernetes.io/auth-provider': 'serviceAccount',
      },
    },
    spec: { type: 'kubernetes-cluster', owner: 'team-payments' },
  });
}

/** Faults in who calls, and how often. */
export const callerCases: readonly FaultCase[] = [
  portalCase(
    'S9',
    'streams without a token, with an expired one, without the right',
    '401, 403, or an end that says forbidden; no data.',
    noRight,
  ),
  portalCase(
    'S10',
    'floods of streams and requests',
    'Limits per user; others are served.',
    flood,
  ),
  portalCase(
    'S11',
    'a foreign page posts with the user’s cookies',
    'Refused: only the Authorization header counts.',
    crossSite,
  ),
  portalCase(
    'S12',
    'every door as every caller',
    'As the policy says.',
    matrix,
  ),
  catalogCredentials,
  portalCase(
    'S19',
    'errors of every sort',
    'They say what was wrong, and nothing of the inside.',
    errorBodies,
  ),
  portalCase(
    'S20',
    'texts made to forge the audit',
    'They stay one value of one line; no gap, no break.',
    auditLines,
  ),
];
