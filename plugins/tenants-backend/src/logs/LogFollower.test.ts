// SPDX-License-Identifier: Apache-2.0
import { FakeLogApi } from './testing/FakeLogApi';
import { timed } from './testing/logLines';
import { readTask } from './testing/readTask';

/** Longer than until any log would be opened again. */
const LONG_MS = 120_000;

/** Lets promises settle. */
const settle = () => new Promise(resolve => setImmediate(resolve));

describe('LogFollower', () => {
  const follow = async (api: FakeLogApi) => {
    const reading = readTask({ api, query: { follow: 'true' } });
    const done = reading.run();
    await settle();
    return { ...reading, done };
  };

  it('stops listening for changes of the tenant once, when its reader leaves', async () => {
    const { abort, clock, done, listeners } = await follow(new FakeLogApi());
    expect(listeners()).toBe(1);
    abort.abort();
    await done;
    expect(listeners()).toBe(0);
    await settle();
    await clock.advanceAsync(LONG_MS);
    expect(listeners()).toBe(0);
  });

  it('reads nothing more once it is done, whatever appears then', async () => {
    const api = new FakeLogApi();
    api.write('web-1', `${timed(10, 'last')}\n`);
    const { clock, done, listeners, output, setPods } = await follow(api);
    setPods([]);
    api.end('web-1');
    await settle();
    await done;
    setPods(['web-2']);
    await clock.advanceAsync(LONG_MS);
    expect(output.texts).toEqual([timed(10, 'last')]);
    expect(api.requests.map(({ pod }) => pod)).toEqual(['web-1']);
    expect(listeners()).toBe(0);
  });
});
