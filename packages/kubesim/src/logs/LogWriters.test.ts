// SPDX-License-Identifier: Apache-2.0
import { oneWorkload, simulate } from '../controllers/testing/simulate';
import type { Pod } from '../kubelet/Pod';
import { createRandom } from '../time/createRandom';
import { LogBuffer, MAX_LINES_PER_RUN } from './LogBuffer';
import { LOG_PROFILES } from './LogProfile';
import type { LogLine } from './LogSource';
import { endLines, writeLines } from './writeLine';

const idOf = ({ metadata }: Pod) => ({
  namespace: metadata.namespace ?? '',
  name: metadata.name,
  uid: metadata.uid,
});
const logging = (profile: string, perMinute: number, more = '') =>
  oneWorkload(`logs: { profile: ${profile}, perMinute: ${perMinute} }${more}`);

it('writes about as many lines as the scenario says, in order of time', () => {
  const { clock, life, pods } = simulate(logging('plain', 60));
  const [pod] = pods();
  const before = life.logs.run(idOf(pod), 'main', 'current')?.lines.length ?? 0;
  clock.advance(600_000);
  const lines = life.logs.run(idOf(pod), 'main', 'current')?.lines ?? [];
  expect(lines.length - before).toBeGreaterThan(500);
  expect(lines.length - before).toBeLessThan(700);
  expect(lines.map(({ at }) => at)).toEqual(
    lines.map(({ at }) => at).sort((left, right) => left - right),
  );
});

it('calls followers for each new line, and once at the end of the run', () => {
  const { clock, life, pods } = simulate(logging('json', 120));
  const run = life.logs.run(idOf(pods()[0]), 'main', 'current');
  const seen: (LogLine | undefined)[] = [];
  run?.follow(line => seen.push(line));
  clock.advance(10_000);
  expect(seen.length).toBeGreaterThan(10);
  expect(seen).not.toContain(undefined);
  life.setBehaviour(
    'deployments.apps',
    { namespace: 'shop', name: 'web' },
    { type: 'crashLoop' },
  );
  clock.advance(1_000);
  expect(seen.filter(line => line === undefined)).toHaveLength(1);
  expect(run?.ended).toBe(true);
});

it('hands followers each line when it is due, also while others read', () => {
  const { clock, life, pods } = simulate(
    oneWorkload('replicas: 2, logs: { profile: plain, perMinute: 240 }'),
  );
  const ids = pods().map(idOf);
  const runOf = (id: (typeof ids)[number]) =>
    life.logs.run(id, 'main', 'current');
  const seen: { readonly at: number; readonly lateMs: number }[] = [];
  for (const id of ids) {
    runOf(id)?.follow(line => {
      if (line) seen.push({ at: line.at, lateMs: clock.now() - line.at });
    });
  }
  for (let second = 0; second < 30; second += 1) {
    clock.advance(700);
    // As somebody who reads the log of one of them once.
    runOf(ids[0]);
    clock.advance(300);
  }
  expect(ids).toHaveLength(2);
  expect(seen.length).toBeGreaterThan(200);
  expect(Math.max(...seen.map(({ lateMs }) => lateMs))).toBeLessThanOrEqual(10);
  const furthestBack = seen.map(({ at }, i) =>
    i === 0 ? 0 : seen[i - 1].at - at,
  );
  expect(Math.max(...furthestBack)).toBeLessThanOrEqual(10);
});

it('takes no timer for a log that nobody follows any more', () => {
  const { clock, life, pods } = simulate(logging('plain', 60));
  const run = life.logs.run(idOf(pods()[0]), 'main', 'current');
  const seen: unknown[] = [];
  const stop = run?.follow(line => seen.push(line));
  clock.advance(5_000);
  const before = seen.length;
  stop?.();
  const written = run?.lines.length;
  clock.advance(60_000);
  expect(before).toBeGreaterThan(2);
  expect(seen).toHaveLength(before);
  expect((run?.lines.length ?? 0) - (written ?? 0)).toBe(0);
});

it('keeps the run before a restart, with the reason of its end', () => {
  const { life, pods } = simulate(
    logging('python', 30, ', behaviour: { type: crashLoop }'),
  );
  const previous = life.logs.run(idOf(pods()[0]), 'main', 'previous');
  expect(previous?.ended).toBe(true);
  expect(previous?.lines.map(({ text }) => text)).toContain(
    'Traceback (most recent call last):',
  );
});

it('has no run for a container that never started', () => {
  const { life, pods } = simulate(
    logging('plain', 30, ', behaviour: { type: imageMissing }'),
  );
  expect(life.logs.run(idOf(pods()[0]), 'main', 'current')).toBeUndefined();
});

it('says OutOfMemoryError in Java and nothing elsewhere when killed for memory', () => {
  const context = {
    at: 0,
    random: createRandom(1),
    module: 'trino',
    pod: 'trino-0',
    count: 5,
  };
  expect(endLines('java', context, 'OOMKilled')[0]).toContain(
    'java.lang.OutOfMemoryError',
  );
  expect(endLines('python', context, 'OOMKilled')).toEqual([]);
});

it.each(LOG_PROFILES)(
  '%s writes only lines without a break in them',
  profile => {
    const random = createRandom(3);
    for (let count = 0; count < 2_000; count += 1) {
      for (const line of writeLines(profile, {
        at: 0,
        random,
        module: 'checkout-api',
        pod: 'p',
        count,
      })) {
        // A carriage return is a progress bar that writes over itself.
        expect(line).not.toMatch(/\n/);
      }
    }
  },
);

it('drops the oldest lines beyond the bound', () => {
  const buffer = new LogBuffer();
  for (let at = 0; at < 3 * MAX_LINES_PER_RUN; at += 1)
    buffer.append({ at, text: String(at) });
  expect(buffer.lines).toHaveLength(MAX_LINES_PER_RUN);
  expect(buffer.lines.at(-1)?.at).toBe(3 * MAX_LINES_PER_RUN - 1);
});
