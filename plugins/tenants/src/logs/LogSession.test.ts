// SPDX-License-Identifier: Apache-2.0
import { ResponseError } from '@backstage/errors';
import {
  logQuerySchema,
  type LogMessage,
  type LogSelection,
  type LogSource,
} from '@tenantry/backstage-plugin-tenants-common';
import { FakeEnvironment } from '../testing/FakeEnvironment';
import { logLinesFixture, logSourceFixture } from '../testing/logFixture';
import { LogSession, type LogSnapshot } from './LogSession';

type Step = LogMessage | Error | 'stay';

const source = (id: number, change: Partial<LogSource> = {}): LogMessage => ({
  type: 'event',
  event: { type: 'source', source: logSourceFixture(id, change) },
});
const end = (
  reason: 'completed' | 'forbidden' | 'limit' | 'shutdown',
): LogMessage => ({
  type: 'end',
  reason,
  message: '',
});
const at = (seconds: number) => `2026-11-21T14:31:0${seconds}.000000001Z`;

/** A frame that is over as soon as nothing else is to be done. */
function soon(task: () => void): () => void {
  let isLeft = false;
  queueMicrotask(() => isLeft || task());
  return () => {
    isLeft = true;
  };
}

const rows = (count: number) => (log: LogSnapshot) =>
  log.endKey - log.firstKey === count;
const state = (wanted: LogSnapshot['status']['state']) => (log: LogSnapshot) =>
  log.status.state === wanted;

/** Plays one list of steps per request. */
function play(...answers: Step[][]) {
  const env = new FakeEnvironment();
  const asked: LogSelection[] = [];
  const asks = new EventTarget();
  const session = new LogSession({
    env,
    frame: soon,
    tenant: 'a',
    selection: { environment: 'prod', follow: true },
    api: {
      async *openLogs(_tenant, selection, { signal }) {
        asked.push(selection);
        asks.dispatchEvent(new Event('ask'));
        for (const step of answers.shift() ?? ['stay' as const]) {
          if (step !== 'stay' && !('type' in step)) throw step;
          if (step !== 'stay') yield step;
          else {
            await new Promise(resolve => {
              signal.addEventListener('abort', resolve);
            });
          }
        }
      },
    },
  });
  const stop = new AbortController();
  const done = session.run(stop.signal);
  /** Resolves when the session shows what is waited for; it tells of each change. */
  const until = (isSo: (log: LogSnapshot) => boolean) =>
    new Promise<LogSnapshot>(resolve => {
      const look = () => isSo(session.read()) && resolve(session.read());
      session.subscribe(look);
      look();
    });
  const untilAsked = (times: number) =>
    new Promise<void>(resolve => {
      const look = () => asked.length >= times && resolve();
      asks.addEventListener('ask', look);
      look();
    });
  const texts = () => {
    const { buffer, firstKey, endKey } = session.read();
    return Array.from({ length: endKey - firstKey }, (_u, i) => {
      const row = buffer.get(firstKey + i);
      return row?.kind === 'line' ? row.text : row?.kind;
    });
  };
  return { session, env, asked, until, untilAsked, texts, stop, done };
}

describe('LogSession', () => {
  it('waits for the first line, then follows', async () => {
    const waiting = play([source(0), 'stay']);
    await waiting.until(state('waiting'));
    const following = play([
      source(0),
      logLinesFixture(0, [
        [at(1), 'a'],
        [at(2), 'ERROR b'],
      ]),
      'stay',
    ]);
    const snapshot = await following.until(rows(2));
    expect(snapshot.status.state).toBe('following');
    expect(snapshot.errors).toBe(1);
    expect(following.texts()).toEqual(['a', 'ERROR b']);
  });

  it('loses nothing and doubles nothing over a drop', async () => {
    const log = play(
      [
        source(0),
        source(1),
        logLinesFixture(0, [
          [at(1), 'a'],
          [at(2), 'b'],
          [at(2), 'c'],
        ]),
        logLinesFixture(1, [[at(1), 'other']]),
        new TypeError('network'),
      ],
      [
        source(7, { pod: 'airflow-worker-0' }),
        logLinesFixture(7, [
          [at(1), 'a'],
          [at(2), 'b'],
          [at(2), 'c'],
          [at(2), 'd'],
          [at(3), 'e'],
        ]),
        'stay',
      ],
    );
    await log.until(rows(4));
    await log.until(state('reconnecting'));
    log.env.pass(1_000);
    await log.until(rows(7));
    expect(log.texts()).toEqual([
      'a',
      'b',
      'c',
      'other',
      'reconnected',
      'd',
      'e',
    ]);
    expect(log.asked[1].sinceTime).toBe('2026-11-21T14:30:32.000Z');
  });

  it('goes on behind the cursors it was given, and says that nothing was lost', async () => {
    const key = 'abcdefghijkl';
    const lines = (text: string, cursor: string): LogMessage => ({
      type: 'event',
      event: { type: 'lines', source: 0, text: `${at(1)} ${text}`, cursor },
    });
    const cursor = (count: number) => `${key}~${at(1)}~${count}~1a2b3c`;
    const log = play(
      [source(0, { key }), lines('a', cursor(1)), new TypeError('network')],
      [
        source(0, { key }),
        source(0, { key, resumed: 'exact' }),
        lines('a', cursor(2)),
        'stay',
      ],
    );
    await log.until(state('reconnecting'));
    log.env.pass(1_000);
    await log.until(rows(3));
    // What is asked for is what the portal takes.
    const { after } = logQuerySchema.parse({
      after: log.asked[1].after?.join(','),
    });
    expect(after).toEqual([cursor(1)]);
    expect(log.texts()).toEqual(['a', 'reconnected', 'a']);
    expect(log.session.read().buffer.get(1)).toMatchObject({ lossless: true });
  });

  it('reads lines of several containers from one batch', async () => {
    const log = play([
      source(0),
      source(1),
      {
        type: 'event',
        event: {
          type: 'mixed',
          runs: [0, 1, 1, 2],
          text: [`${at(1)} a`, `${at(1)} b`, `${at(2)} c`].join('\n'),
          levels: 'e-w',
          cursors: {},
        },
      },
      'stay',
    ]);
    const { buffer } = await log.until(rows(3));
    expect([0, 1, 2].map(key => buffer.get(key))).toMatchObject([
      { text: 'a', level: 'error', source: { pod: 'airflow-worker-0' } },
      { text: 'b', level: undefined, source: { pod: 'airflow-worker-1' } },
      { text: 'c', level: 'warn', source: { pod: 'airflow-worker-1' } },
    ]);
  });

  it('names a line by its container, its time as it was written, and its place at that time', async () => {
    const log = play([
      source(0, { key: 'abcdefghijkl' }),
      logLinesFixture(0, [
        ['2026-11-21T14:31:01.5Z', 'a'],
        ['2026-11-21T14:31:01.500000001Z', 'b'],
        ['2026-11-21T14:31:01.500000001Z', 'c'],
      ]),
      'stay',
    ]);
    await log.until(rows(3));
    expect([0, 1, 2].map(log.session.positionOf)).toEqual([
      'abcdefghijkl~2026-11-21T14:31:01.5Z~0',
      'abcdefghijkl~2026-11-21T14:31:01.500000001Z~0',
      'abcdefghijkl~2026-11-21T14:31:01.500000001Z~1',
    ]);
  });

  it('puts older lines before the first without moving a key', async () => {
    const log = play(
      [source(0), logLinesFixture(0, [[at(5), 'now']]), 'stay'],
      [
        source(3),
        logLinesFixture(3, [
          [at(3), 'older'],
          [at(4), 'old'],
          [at(5), 'now'],
        ]),
        end('completed'),
      ],
    );
    await log.until(rows(1));
    const { signal } = log.stop;
    await expect(log.session.loadOlder(signal)).resolves.toBe(2);
    expect(log.texts()).toEqual(['older', 'old', 'now']);
    expect(log.session.read().firstKey).toBe(-2);
    expect(log.asked[1]).toMatchObject({ linesAfter: 0, follow: false });
  });

  it('shows gaps and ended containers as rows', async () => {
    const log = play([
      source(0),
      { type: 'gap', from: 'x', to: 'y', reason: 'Rotated' },
      {
        type: 'event',
        event: {
          type: 'sourceEnded',
          source: 0,
          reason: 'OOMKilled',
          message: '',
        },
      },
      end('completed'),
    ]);
    const snapshot = await log.until(
      now => rows(2)(now) && state('ended')(now),
    );
    expect(log.texts()).toEqual(['gap', 'sourceEnded']);
    expect(snapshot.status).toEqual({ state: 'ended', reason: 'completed' });
    await log.done;
  });

  it.each(['forbidden', 'limit'] as const)(
    'stops when the end is %s',
    async reason => {
      const log = play([end(reason)]);
      const { status } = await log.until(state('ended'));
      expect(status).toEqual({ state: 'ended', reason });
      await log.done;
      log.env.pass(60_000);
      expect(log.asked).toHaveLength(1);
    },
  );

  it('asks again when the portal restarts', async () => {
    const log = play([source(0), end('shutdown')]);
    await log.until(state('reconnecting'));
    log.env.pass(1_000);
    await expect(log.untilAsked(2)).resolves.toBeUndefined();
  });

  it('says what failed and does not go on when the answer would be the same', async () => {
    const error = await ResponseError.fromResponse(
      new Response('{}', { status: 403 }),
    );
    const log = play([error]);
    const { status } = await log.until(state('failed'));
    expect(status).toEqual({
      state: 'failed',
      problem: { kind: 'http', status: 403 },
    });
    await log.done;
    log.env.pass(60_000);
    expect(log.asked).toHaveLength(1);
  });

  it('closes while the tab is hidden and goes on after it', async () => {
    const log = play([source(0), logLinesFixture(0, [[at(1), 'a']]), 'stay']);
    await log.until(rows(1));
    log.env.setVisible(false);
    await log.until(state('paused'));
    log.env.setVisible(true);
    await log.untilAsked(2);
    expect(log.asked[1].sinceTime).toBeDefined();
  });

  it('ends with its signal', async () => {
    const log = play([source(0), 'stay']);
    await log.until(state('waiting'));
    log.stop.abort();
    await expect(log.done).resolves.toBeUndefined();
  });

  it('gives its place away, keeps what it holds and asks no more', async () => {
    const log = play([source(0), logLinesFixture(0, [[at(1), 'a']]), 'stay']);
    await log.until(rows(1));
    log.session.give();
    await log.done;
    await log.until(state('given'));
    log.env.pass(60_000);
    expect(log.texts()).toEqual(['a']);
    expect(log.asked).toHaveLength(1);
  });
});
