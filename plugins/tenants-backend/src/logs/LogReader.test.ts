// SPDX-License-Identifier: Apache-2.0
import fc from 'fast-check';
import { FakeLogApi, logFailure } from './testing/FakeLogApi';
import { timed } from './testing/logLines';
import { readTask } from './testing/readTask';
import { RotatingLogApi } from './testing/RotatingLogApi';

/** Lets promises settle. */
const settle = () => new Promise(resolve => setImmediate(resolve));

/** Lines of which many share their time, some are alike, and one is more than ASCII. */
const LINES = [
  timed(10, 'started'),
  timed(900, 'tick'),
  timed(900, 'tick'),
  timed(900, 'tock'),
  timed(1_000, 'größer als €'),
  timed(1_001, 'tick'),
  timed(1_001, 'tick'),
  timed(2_500, ''),
  timed(2_500, 'last'),
];
const BYTES = Buffer.byteLength(LINES.map(line => `${line}\n`).join(''));

describe('a log that is followed', () => {
  const follow = async (api: RotatingLogApi) => {
    const reading = readTask({ api, query: { follow: 'true' } });
    const done = reading.run();
    await settle();
    await reading.clock.advanceAsync(40_000);
    reading.abort.abort();
    await done;
    return reading.output;
  };

  it('loses and doubles nothing wherever its connection breaks', async () => {
    for (let at = 0; at <= BYTES; at += 1) {
      const api = new RotatingLogApi(LINES);
      api.breaks.push(at);
      const { texts, gaps } = await follow(api);
      expect([at, texts, gaps]).toEqual([at, LINES, []]);
    }
  });

  it('loses and doubles nothing when it breaks again and again', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.nat(BYTES), { maxLength: 3 }),
        async breaks => {
          const api = new RotatingLogApi(LINES);
          api.breaks.push(...breaks);
          const { texts, gaps } = await follow(api);
          expect([texts, gaps]).toEqual([LINES, []]);
        },
      ),
      { numRuns: 60 },
    );
  });
});

describe('a reading that another process goes on with', () => {
  const readOnce = async (
    api: RotatingLogApi,
    query: Record<string, string> = {},
  ) => {
    const reading = readTask({ api, query });
    await reading.run();
    return reading.output;
  };

  it('loses and doubles nothing wherever the first one broke off', async () => {
    for (let at = 0; at <= BYTES; at += 1) {
      const api = new RotatingLogApi(LINES);
      api.breaks.push(at);
      const first = await readOnce(api);
      const after = [...first.cursors.values()].join(',');
      const second = await readOnce(api, { after });
      expect([at, ...first.texts, ...second.texts]).toEqual([at, ...LINES]);
      expect(second.gaps).toEqual([]);
    }
  });

  it('is told with the end of each log where that was', async () => {
    const { events, cursors } = await readOnce(new RotatingLogApi(LINES));
    expect(events.filter(({ type }) => type === 'sourceEnded')).toMatchObject([
      { reason: 'Ended', cursor: [...cursors.values()][0] },
    ]);
  });

  it('finds its line by what it says when it began in the middle of an instant', async () => {
    const api = new RotatingLogApi(LINES);
    api.breaks.push(BYTES);
    const first = await readOnce(api, { tailLines: '1' });
    expect(first.texts).toEqual(LINES.slice(-1));
    const after = [...first.cursors.values()].join(',');
    expect((await readOnce(api, { after })).texts).toEqual([]);
  });

  it('says that lines may be missing, and shows what is left, when the log was rotated', async () => {
    const api = new RotatingLogApi(LINES);
    api.breaks.push(Buffer.byteLength(`${LINES[0]}\n`));
    const first = await readOnce(api);
    api.rotated = 4;
    const after = [...first.cursors.values()].join(',');
    const second = await readOnce(api, { after });
    expect(second.texts).toEqual(LINES.slice(4));
    expect(second.gaps).toMatchObject([{ source: 1 }]);
  });
});

describe('several logs that are followed', () => {
  it('come in the order of their times as far as they come together, each in its own order', async () => {
    const api = new FakeLogApi();
    const pods = ['web-1', 'web-2', 'web-3'];
    api.write('web-1', `${timed(1, 'a1')}\n${timed(5, 'a5')}\n`);
    api.write('web-2', `${timed(2, 'b2')}\n${timed(4, 'b4')}\n`);
    const reading = readTask({ api, pods, query: { follow: 'true' } });
    const done = reading.run();
    await settle();
    // The third says nothing: it is waited for, but not for long.
    expect(reading.output.texts).toEqual([]);
    reading.clock.advance(300);
    await settle();
    expect(reading.output.texts).toEqual([
      timed(1, 'a1'),
      timed(2, 'b2'),
      timed(4, 'b4'),
      timed(5, 'a5'),
    ]);
    reading.abort.abort();
    await done;
  });

  it('read at most twenty pods, and tell of the others', async () => {
    const pods = Array.from({ length: 23 }, (_, i) => `web-${i}`);
    const api = new FakeLogApi();
    const reading = readTask({ api, pods, query: { follow: 'true' } });
    const done = reading.run();
    await settle();
    const { events } = reading.output;
    expect(events.filter(({ type }) => type === 'source')).toHaveLength(20);
    expect(events.find(({ type }) => type === 'leftOut')).toMatchObject({
      total: 3,
    });
    reading.setPods(pods.slice(2));
    pods.slice(0, 2).forEach(pod => api.end(pod));
    await settle();
    expect(
      events.filter(event => event.type === 'source').at(-1)?.source,
    ).toMatchObject({ joined: true });
    expect(
      events.filter(event => event.type === 'leftOut').at(-1),
    ).toMatchObject({ total: 1 });
    reading.abort.abort();
    await done;
  });

  it('do not wait for one that cannot be read', async () => {
    const api = new FakeLogApi();
    api.end('web-1', logFailure(403, 'Forbidden'));
    api.write('web-2', `${timed(2, 'two')}\n`);
    const reading = readTask({
      api,
      pods: ['web-1', 'web-2'],
      query: { follow: 'true' },
    });
    const done = reading.run();
    await settle();
    expect(reading.output.texts).toEqual([timed(2, 'two')]);
    reading.abort.abort();
    await done;
  });

  it('leave nothing behind', async () => {
    const api = new FakeLogApi();
    const reading = readTask({ api, query: { follow: 'true' } });
    const done = reading.run();
    api.write('web-1', `${timed(1, 'one')}\n`);
    await settle();
    reading.abort.abort();
    await done;
    await settle();
    expect(api.requests[0].signal.aborted).toBe(true);
  });
});
