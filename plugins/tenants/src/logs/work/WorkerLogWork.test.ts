// SPDX-License-Identifier: Apache-2.0
import { answerWork } from './answerWork';
import { LogWorkTimeoutError, type WorkRequest } from './LogWork';
import { WorkerLogWork, type WorkerPort } from './WorkerLogWork';

const parts = [{ runs: [0, 1], text: '2026-11-21T14:00:00Z ERROR a' }];
const search = {
  any: [{ kind: 'text', text: 'a' }],
  all: [],
  none: [],
} as const;

/** A worker that answers when it is told to. */
class FakeWorker implements WorkerPort {
  onmessage: WorkerPort['onmessage'] = null;
  onerror: WorkerPort['onerror'] = null;
  readonly asked: WorkRequest[] = [];
  terminated = false;

  postMessage(request: WorkRequest): void {
    this.asked.push(request);
  }

  terminate(): void {
    this.terminated = true;
  }

  answer(): void {
    const request = this.asked[this.asked.length - 1];
    const data = answerWork(request).answer;
    this.onmessage?.(new MessageEvent('message', { data }));
  }
}

function setUp() {
  const workers: FakeWorker[] = [];
  const limits: (() => void)[] = [];
  const work = new WorkerLogWork({
    open() {
      const worker = new FakeWorker();
      workers.push(worker);
      return worker;
    },
    schedule(_ms, task) {
      limits.push(task);
      return () => {};
    },
  });
  return { work, workers, limits };
}

describe('WorkerLogWork', () => {
  it('asks one thing at a time and answers in order', async () => {
    const { work, workers } = setUp();
    const parsed = work.parse(parts);
    const marked = work.mark({ search, texts: ['banana'] });
    expect(workers[0].asked).toHaveLength(1);
    workers[0].answer();
    await expect(parsed).resolves.toMatchObject({ count: 1 });
    workers[0].answer();
    await expect(marked).resolves.toEqual([
      [
        [1, 2],
        [3, 4],
        [5, 6],
      ],
    ]);
  });

  it('ends a search that takes too long with its worker, and goes on with another', async () => {
    const { work, workers, limits } = setUp();
    const slow = work.mark({ search, texts: ['a'] });
    const parsed = work.parse(parts);
    limits[0]();
    await expect(slow).rejects.toBeInstanceOf(LogWorkTimeoutError);
    expect(workers[0].terminated).toBe(true);
    workers[1].answer();
    await expect(parsed).resolves.toMatchObject({ count: 1 });
  });

  it('does the work itself where the browser refuses a worker', async () => {
    const work = new WorkerLogWork({
      open() {
        throw new DOMException('another origin', 'SecurityError');
      },
      schedule: () => () => {},
    });
    await expect(work.parse(parts)).resolves.toMatchObject({ count: 1 });
    await expect(work.mark({ search, texts: ['a'] })).resolves.toEqual([
      [[0, 1]],
    ]);
  });

  it('does the work itself where a worker cannot be started', async () => {
    const { work, workers } = setUp();
    const parsed = work.parse(parts);
    workers[0].onerror?.(new ErrorEvent('error', { message: 'refused' }));
    await expect(parsed).resolves.toMatchObject({ count: 1 });
    await expect(work.parse(parts)).resolves.toMatchObject({ count: 1 });
    expect(workers).toHaveLength(1);
  });
});
