// SPDX-License-Identifier: Apache-2.0
import { once } from 'node:events';
import type { Container } from '@tenantry/backstage-plugin-tenants-common';
import type { LogOptions } from '@tenantry/backstage-plugin-tenants-node';
import { FakeLogApi } from './testing/FakeLogApi';
import { timed } from './testing/logLines';
import { readTask } from './testing/readTask';
import { RotatingLogApi } from './testing/RotatingLogApi';

const POD = 'web-1';
const KILLED = { code: 137, reason: 'OOMKilled' };
/** It ended within the second second, which the kubelet says without its fraction. */
const restarted: Partial<Container> = {
  restarts: 1,
  lastExit: { ...KILLED, at: '2026-01-01T00:00:01Z' },
};
const [FIRST, LAST, BEGUN] = [
  timed(500, 'first'),
  timed(1_700, 'last'),
  timed(2_100, 'begun'),
];

const settle = async () => {
  for (let turns = 0; turns < 20; turns += 1) {
    await new Promise(resolve => setImmediate(resolve));
  }
};

async function follow(
  api: FakeLogApi,
  more: { after?: string; container?: Partial<Container> } = {},
) {
  const { after, container } = more;
  const query = { follow: 'true', ...(after ? { after } : {}) };
  const reading = readTask({ api, pods: [POD], query, container });
  const done = reading.run();
  await settle();
  const leave = async () => {
    reading.abort.abort();
    await done;
    return [...reading.output.cursors.values()].join(',');
  };
  return { ...reading, leave };
}

/** What happened in the order in which it was told: lines, gaps and ends. */
function story({ output }: Awaited<ReturnType<typeof follow>>) {
  const ends = output.events.flatMap(event =>
    event.type === 'sourceEnded' ? [event.exit] : [],
  );
  return { texts: output.texts, ends, gaps: output.gaps.length };
}

function write(api: FakeLogApi, ...lines: readonly string[]): void {
  for (const line of lines) api.write(POD, `${line}\n`);
}

/** The container ends and is started again before anybody looks. */
function restartAtOnce(api: FakeLogApi): void {
  api.end(POD);
  api.restart(POD);
}

describe('a container that is started again at once', () => {
  it('tells who follows it the end of the run before the next one', async () => {
    const api = new FakeLogApi();
    write(api, FIRST, LAST);
    const reading = await follow(api);
    restartAtOnce(api);
    write(api, BEGUN);
    reading.setPods([POD], restarted);
    await settle();
    const told = story(reading);
    expect(told.texts).toEqual([FIRST, LAST, BEGUN]);
    // How it ended is not known yet when the log ends: the page finds it in the tenant.
    expect(told.ends).toEqual([undefined]);
    expect(told.gaps).toBe(0);
    await reading.leave();
  });

  it('tells with the next run how the one before ended, however soon that ends too', async () => {
    const api = new FakeLogApi();
    write(api, FIRST, LAST);
    const reading = await follow(api);
    restartAtOnce(api);
    write(api, BEGUN);
    reading.setPods([POD], restarted);
    await settle();
    restartAtOnce(api);
    const again = { code: 2, reason: 'Error', at: '2026-01-01T00:00:03Z' };
    reading.setPods([POD], { restarts: 2, lastExit: again });
    await settle();
    const told = reading.output.events.flatMap(event => {
      if (event.type === 'source') return [event.source.runBefore ?? 'source'];
      return event.type === 'sourceEnded' ? ['ended'] : [];
    });
    expect(told).toEqual([
      'source',
      'ended',
      KILLED,
      'ended',
      { code: 2, reason: 'Error' },
    ]);
    await reading.leave();
  });

  it('tells who was away meanwhile the rest of that run and how it ended', async () => {
    const api = new FakeLogApi();
    write(api, FIRST);
    const after = await (await follow(api)).leave();
    write(api, LAST);
    restartAtOnce(api);
    write(api, BEGUN);
    const back = await follow(api, { after, container: restarted });
    expect(story(back)).toEqual({
      texts: [LAST, BEGUN],
      ends: [KILLED],
      gaps: 0,
    });
    await back.leave();
  });

  it('tells who had read that run to its end only how it ended', async () => {
    const api = new FakeLogApi();
    write(api, FIRST, LAST);
    const after = await (await follow(api)).leave();
    restartAtOnce(api);
    write(api, BEGUN);
    const back = await follow(api, { after, container: restarted });
    expect(story(back)).toEqual({ texts: [BEGUN], ends: [KILLED], gaps: 0 });
    await back.leave();
  });

  it('tells who comes later how the run before ended, as the present one is read from its beginning', async () => {
    const api = new FakeLogApi();
    write(api, FIRST);
    restartAtOnce(api);
    write(api, BEGUN);
    const late = await follow(api, { container: restarted });
    expect(story(late)).toEqual({ texts: [BEGUN], ends: [KILLED], gaps: 0 });
    const types = late.output.events.map(({ type }) => type);
    expect(types).toEqual(['source', 'sourceEnded']);
    await late.leave();
  });

  it('does not tell it where lines of the present run are left out before the first', async () => {
    const api = new RotatingLogApi([LAST, BEGUN]);
    const query = { follow: 'true', tailLines: '1' };
    const reading = readTask({ api, query, container: restarted });
    const done = reading.run();
    await settle();
    expect(reading.output.texts).toEqual([BEGUN]);
    const ends = reading.output.events.flatMap(event =>
      event.type === 'sourceEnded' ? [event.exit] : [],
    );
    // Of the present run alone, which has ended as well.
    expect(ends).toEqual([undefined]);
    reading.abort.abort();
    await done;
  });

  it('does not keep its lines waiting for where they begin', async () => {
    class SilentApi extends FakeLogApi {
      override async *readLog(options: LogOptions) {
        if (options.follow) yield* super.readLog(options);
        else await once(options.signal, 'abort');
      }
    }
    const api = new SilentApi();
    write(api, BEGUN);
    const late = await follow(api, { container: restarted });
    expect(late.output.texts).toEqual([]);
    await late.clock.advanceAsync(5_000);
    await settle();
    expect(story(late)).toEqual({ texts: [BEGUN], ends: [], gaps: 0 });
    await late.leave();
  });

  it('says nothing of the run before to who has read in the present one', async () => {
    const api = new FakeLogApi();
    write(api, FIRST);
    restartAtOnce(api);
    // In the very second in which the run before ended.
    write(api, LAST);
    const after = await (await follow(api)).leave();
    write(api, BEGUN);
    const back = await follow(api, { after, container: restarted });
    expect(story(back)).toEqual({ texts: [BEGUN], ends: [], gaps: 0 });
    await back.leave();
  });

  it('tells a gap when nothing of that run is left', async () => {
    const api = new FakeLogApi();
    write(api, FIRST);
    const after = await (await follow(api)).leave();
    restartAtOnce(api);
    api.forgetPrevious(POD);
    write(api, BEGUN);
    const back = await follow(api, { after, container: restarted });
    expect(story(back)).toEqual({ texts: [BEGUN], ends: [], gaps: 1 });
    await back.leave();
  });

  it('tells a gap when it was started again twice, and what is left of the run between', async () => {
    const api = new FakeLogApi();
    write(api, FIRST);
    const reading = await follow(api);
    restartAtOnce(api);
    write(api, LAST);
    restartAtOnce(api);
    write(api, BEGUN);
    reading.setPods([POD], { ...restarted, restarts: 2 });
    await settle();
    expect(story(reading)).toEqual({
      texts: [FIRST, LAST, BEGUN],
      ends: [undefined, KILLED],
      gaps: 1,
    });
    await reading.leave();
  });

  it('is read on with its last run while it waits to be started again', async () => {
    const api = new FakeLogApi();
    write(api, FIRST);
    const after = await (await follow(api)).leave();
    write(api, LAST);
    api.end(POD);
    const waiting: Partial<Container> = { ...restarted, state: 'waiting' };
    const back = await follow(api, { after, container: waiting });
    expect(story(back)).toEqual({ texts: [LAST], ends: [KILLED], gaps: 0 });
    await back.leave();
  });
});
