// SPDX-License-Identifier: Apache-2.0
import { setTimeout as delay } from 'node:timers/promises';
import type { PermissionsService } from '@backstage/backend-plugin-api';
import { AuthorizeResult } from '@backstage/plugin-permission-common';
import type { LogMessage } from '@tenantry/backstage-plugin-tenants-common';
import { createRandom } from '@tenantry/kubesim';
import { ownersOnly } from '../bench/ownersOnly';
import type { FaultCase, FaultOutcome } from '../FaultCase';
import { longestTurn } from './longestTurn';
import { LogBench } from './LogBench';
import type { LogRequest } from './LogFront';
import { longAbsence } from './longAbsence';
import { seededSecrets } from './seededSecrets';

const zero = (is: number) => ({ is, atMost: 0 });
const how =
  'The whole plugin between a reader and an API server whose logs the case writes, over HTTP, in one process.';

/** Lines as a kubelet gives them, a millisecond apart. */
function timed(lines: readonly string[]): string {
  return lines
    .map((line, i) => {
      const iso = new Date(Date.UTC(2026, 0, 1) + i).toISOString();
      return `${iso.slice(0, -1)}000000Z ${line}\n`;
    })
    .join('');
}

/** Serves bytes in pieces of random length, then ends. */
function inPieces(bytes: Buffer, random: () => number) {
  return async ({ response }: LogRequest) => {
    for (let at = 0; at < bytes.length; ) {
      const end = at + 1 + Math.floor(random() * 300);
      response.write(bytes.subarray(at, end));
      at = end;
      if (random() < 0.1) await delay(1);
    }
    response.end();
  };
}

async function withBench<T>(
  options: Parameters<typeof LogBench.start>[0],
  act: (bench: LogBench) => Promise<T>,
): Promise<T> {
  const bench = await LogBench.start(options);
  try {
    return await act(bench);
  } finally {
    await bench.stop();
  }
}

/** Every form in which logs are answered. */
const SHAPES: readonly Readonly<Record<string, string>>[] = [
  { tailLines: 'all' },
  { format: 'text' },
  { format: 'ndjson' },
];

const HOSTILE_LINES = [
  '<script>alert(1)</script><img src=x onerror=alert(1)>',
  '\u001b]0;owned\u0007 title',
  '\u001b]8;;javascript:alert(1)\u001b\\click\u001b]8;;\u001b\\',
  '\u001b[2J\u001b[1;1H screen',
  '\u009b2J c1 csi',
  'invoice\u202efdp.exe \u2066isolated\u2069',
  'bell \u0007 back \b\b\b\b null \u0000 del \u007f',
  '\u001bP+q544e\u001b\\ dcs',
  '\u001b[31mred\u001b[0m stays',
];
const RAW_ACTIVE =
  '[\\u0000-\\u0008\\u000b-\\u001f\\u007f-\\u009f\\u061c\\u200e\\u200f\\u202a-\\u202e\\u2066-\\u2069]';
const COLOUR = new RegExp(`${'\u001b'}\\[[0-9;:]*m`, 'g');

async function neutralText(seed: number): Promise<FaultOutcome> {
  const random = createRandom(seed);
  const bytes = Buffer.from(timed(HOSTILE_LINES));
  return withBench({ seed, answer: inPieces(bytes, random) }, async bench => {
    let active = 0;
    let shown = 0;
    let colours = 0;
    const types: string[] = [];
    const ways: Record<string, string>[] = [
      {},
      { format: 'text' },
      { format: 'ndjson' },
    ];
    for (const query of ways) {
      const response = await bench.get(query);
      const text = await response.text();
      types.push(response.headers.get('content-type') ?? '');
      colours += text.match(COLOUR)?.length ?? 0;
      const rest = text.replace(COLOUR, '');
      active += rest.match(new RegExp(RAW_ACTIVE, 'g'))?.length ?? 0;
      shown += text.includes('screen') && text.includes('stays') ? 1 : 0;
    }
    const rendered = types.filter(type => /html|svg|xml/.test(type));
    return {
      injected: HOSTILE_LINES.length * 3,
      counts: {
        'characters that act on a terminal': zero(active),
        'answers a browser would render': zero(rendered.length),
        'answers with all lines': { is: shown, atMost: 3, atLeast: 3 },
        'colours kept in text': { is: colours, atMost: 2, atLeast: 2 },
      },
      divergences: [],
    };
  });
}

async function hiddenSecrets(seed: number): Promise<FaultOutcome> {
  const random = createRandom(seed);
  const secrets = seededSecrets(100, random);
  const text = timed(secrets.flatMap(({ lines }) => lines));
  const answer = inPieces(Buffer.from(text), random);
  return withBench({ seed, answer }, async bench => {
    const outputs: string[] = [];
    for (const query of [...SHAPES, { tailLines: 'all', mixed: 'true' }]) {
      outputs.push(await (await bench.get(query)).text());
    }
    const hidden = secrets.filter(secret =>
      outputs.some(output => secret.hidden.some(part => output.includes(part))),
    );
    const shown = 'connecting with password=[masked] to db';
    const whole = outputs.filter(output => output.includes(shown));
    let told = 0;
    for (const secret of secrets.slice(0, 20)) {
      const q = `"${secret.hidden[0]}"`;
      const response = await bench.get({ q, format: 'text' });
      if ((await response.text()) !== '') told += 1;
    }
    return {
      injected: secrets.length,
      counts: {
        'secrets that were shown': zero(hidden.length),
        'secrets that a search confirmed': zero(told),
        'answers with the lines around them': {
          is: whole.length,
          atMost: outputs.length,
          atLeast: outputs.length,
        },
      },
      divergences: hidden.map(
        ({ lines }) => `Shown: ${lines[0].slice(0, 20)}…`,
      ),
    };
  });
}

async function lostRight(seed: number): Promise<FaultOutcome> {
  const speed = 20;
  let revoked = false;
  const permissions: PermissionsService = {
    ...ownersOnly,
    authorizeConditional: async (requests, options) =>
      revoked
        ? requests.map(() => ({ result: AuthorizeResult.DENY }))
        : ownersOnly.authorizeConditional(requests, options),
  };
  const writing = new Set<LogRequest['response']>();
  const answer = ({ query, response }: LogRequest) => {
    response.write(timed(['one']));
    if (query.get('follow') !== 'true') response.end();
    else writing.add(response);
  };
  return withBench({ seed, speed, permissions, answer }, async bench => {
    const timer = setInterval(() => {
      const at = new Date().toISOString().slice(0, -1);
      for (const response of writing) response.write(`${at}000000Z tick\n`);
    }, 20);
    let revokedAt = 0;
    let end: LogMessage | undefined;
    for await (const message of bench.read({ follow: true })) {
      if (!revoked && message.type === 'event') {
        revoked = true;
        revokedAt = performance.now();
      }
      if (message.type === 'end') end = message;
    }
    const seconds = ((performance.now() - revokedAt) / 1_000) * speed;
    clearInterval(timer);
    await delay(100);
    const isForbidden = end?.type === 'end' && end.reason === 'forbidden';
    return {
      injected: 1,
      counts: {
        'seconds of the product’s clock until the cut': {
          is: Math.round(seconds),
          atMost: 30,
        },
        'ended without saying why': zero(Number(!isForbidden)),
        'logs still read from the cluster': zero(bench.front.open),
      },
      divergences: [],
    };
  });
}

const HOSTILE_SEARCHES = [
  '/(x+x+)+y/',
  '/(a|a)*$/',
  '/(a|aa)+$/',
  '/^(([a-z])+.)+[A-Z]([a-z])+$/',
  '/[ab]*a[ab]{100}c/',
  '/a.{0,60}b.{0,60}c/',
  '/(.*)*=.*/',
  '/((a{0,9}){0,9}){0,9}/',
  '/(a.{0,99}){8}/',
  '/(?:a?){100}a{100}/',
  '/\\w+\\d+\\w+\\d+\\w+\\d+$/i',
];

async function costlySearch(seed: number): Promise<FaultOutcome> {
  const random = createRandom(seed);
  const letters = (length: number) =>
    Array.from({ length }, () => (random() < 0.5 ? 'a' : 'b')).join('');
  const lines = Array.from({ length: 40 }, () => `c=y ${letters(16_000)}`);
  const bytes = Buffer.from(timed(lines));
  const answer = ({ response }: LogRequest) => {
    response.end(bytes);
  };
  return withBench({ seed, answer }, async bench => {
    let refused = 0;
    let failed = 0;
    const worst = await longestTurn(async () => {
      for (const q of HOSTILE_SEARCHES) {
        const response = await bench.get({ q });
        const text = await response.text();
        if (response.status === 400) refused += 1;
        else if (!text.includes('"completed"')) failed += 1;
      }
    });
    return {
      injected: HOSTILE_SEARCHES.length,
      counts: {
        'most ms of CPU in one turn of the loop': { is: worst, atMost: 50 },
        'searches refused as too costly': {
          is: refused,
          atMost: HOSTILE_SEARCHES.length - 1,
          atLeast: 1,
        },
        'searches that failed': zero(failed),
      },
      divergences: [],
    };
  });
}

/** Faults in what containers write, and in how it is read. */
export const logCases: readonly FaultCase[] = [
  {
    id: 'S7',
    title: 'Escapes, links, markup and turned writing in logs',
    expected:
      'The text is shown, colours stay, and nothing of it acts: not in an answer, not in a download.',
    how,
    seed: 7,
    run: neutralText,
  },
  {
    id: 'S8',
    title: 'A hundred secrets in logs, in pieces',
    expected: 'None is shown, in any form of the answer, nor told by a search.',
    how,
    seed: 8,
    run: hiddenSecrets,
  },
  {
    id: 'S13',
    title: 'The right to read logs is withdrawn while they are followed',
    expected: 'The stream is cut within 30 s, with the reason.',
    how: `${how} The product’s clock runs 20 times as fast.`,
    seed: 13,
    run: lostRight,
  },
  {
    id: 'S17',
    title: 'Searches that explode on an ordinary engine',
    expected:
      'They run in linear time and in turns, or are refused; nobody else waits.',
    how: `${how} Lines of 16 KiB made for the patterns.`,
    seed: 17,
    run: costlySearch,
  },
  {
    id: 'F1',
    title: 'A million lines while a tab was hidden',
    expected: 'The reader goes on exactly behind its last line.',
    how: `${how} The reader leaves in the middle, a million lines are written, and it comes back with its cursor.`,
    seed: 1,
    run: longAbsence,
  },
];
