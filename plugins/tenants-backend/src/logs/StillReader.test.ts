// SPDX-License-Identifier: Apache-2.0
import {
  logEventSchema,
  logQuerySchema,
  streamMessageSchema,
  type Container,
} from '@tenantry/backstage-plugin-tenants-common';
import { FakeClock } from '../time/testing/FakeClock';
import { composeLogTask } from './composeLogTask';
import { LogFilter } from './LogFilter';
import { LogReader } from './LogReader';
import { LogWriter, type LogSink } from './LogWriter';
import { STILL_MS } from './StillReader';
import { FakeLogApi } from './testing/FakeLogApi';
import { nothingKnown, timed } from './testing/logLines';
import { tenantOfPods } from './testing/tenantOfPods';

/** A reader that takes lines only while it moves. */
class StoppableSink implements LogSink {
  readonly messages: string[] = [];
  moves = true;

  write(text: string): boolean {
    this.messages.push(text);
    return this.moves;
  }

  close(): void {}

  abort(): void {}

  get events() {
    return this.messages
      .map(text => streamMessageSchema.parse(JSON.parse(text)))
      .flatMap(message =>
        message.t === 'event' ? [logEventSchema.parse(message.d)] : [],
      );
  }

  get texts(): string[] {
    return this.events.flatMap(event =>
      event.type === 'lines' ? event.text.split('\n') : [],
    );
  }

  get gaps(): string[] {
    return this.messages.filter(text => text.includes('"t":"gap"'));
  }
}

async function until(isSo: () => boolean): Promise<void> {
  while (!isSo()) await new Promise(resolve => setImmediate(resolve));
}

function follow(api: FakeLogApi, pods: readonly string[]) {
  const clock = new FakeClock();
  const sink = new StoppableSink();
  const writer = new LogWriter(sink, { clock });
  const query = logQuerySchema.parse({ follow: 'true' });
  const abort = new AbortController();
  let container: Partial<Container> = {};
  const task = composeLogTask({
    query,
    filter: new LogFilter(query),
    mask: nothingKnown,
    writer,
    tenant: () => tenantOfPods(pods, container),
    onTenantChange: () => () => {},
    kubeApi: () => api,
    clock,
    signal: abort.signal,
  });
  const done = new LogReader(task).run();
  const stop = async () => {
    abort.abort();
    writer.close();
    await done;
  };
  const setContainer = (now: Partial<Container>) => {
    container = now;
  };
  return { clock, sink, writer, stop, setContainer };
}

const line = (n: number) => timed(n, `line ${n}`);

describe('a reader that stands still', () => {
  it('keeps no log open, and loses and doubles nothing when it moves again', async () => {
    const api = new FakeLogApi();
    api.write('web-1', `${line(1)}\n`);
    const { clock, sink, writer, stop } = follow(api, ['web-1']);
    await until(() => sink.texts.length === 1);
    sink.moves = false;
    // The last line is not whole when the log is let go.
    api.write('web-1', `${line(2)}\n${line(3).slice(0, 35)}`);
    await until(() => sink.texts.length === 2);
    clock.advance(STILL_MS);
    expect(api.requests.map(({ signal }) => signal.aborted)).toEqual([true]);
    api.write('web-1', `${line(3).slice(35)}\n${line(4)}\n`);
    sink.moves = true;
    writer.drained();
    await until(() => sink.texts.length >= 4);
    expect(sink.texts).toEqual([1, 2, 3, 4].map(line));
    expect(sink.gaps).toEqual([]);
    expect(api.requests).toHaveLength(2);
    await stop();
  });

  it('is told the rest and the end of a run that ended meanwhile, and the next one', async () => {
    const api = new FakeLogApi();
    api.write('web-1', `${line(1)}\n`);
    const reading = follow(api, ['web-1']);
    const { clock, sink, writer, stop } = reading;
    await until(() => sink.texts.length === 1);
    sink.moves = false;
    api.write('web-1', `${line(2)}\n`);
    await until(() => sink.texts.length === 2);
    clock.advance(STILL_MS);
    api.write('web-1', `${line(3)}\n`);
    api.end('web-1');
    api.restart('web-1');
    api.write('web-1', `${line(4)}\n`);
    const lastExit = { code: 137, reason: 'OOMKilled' };
    const at = '2026-01-01T00:00:00Z';
    reading.setContainer({ restarts: 1, lastExit: { ...lastExit, at } });
    sink.moves = true;
    writer.drained();
    await until(() => sink.texts.length >= 4);
    expect(sink.texts).toEqual([1, 2, 3, 4].map(line));
    expect(sink.gaps).toEqual([]);
    const ends = sink.events.filter(({ type }) => type === 'sourceEnded');
    expect(ends).toMatchObject([{ exit: lastExit }]);
    await stop();
  });

  it('is waited for with open logs as long as it takes something now and then', async () => {
    const api = new FakeLogApi();
    const { clock, sink, writer, stop } = follow(api, ['web-1']);
    await until(() => api.requests.length === 1);
    sink.moves = false;
    for (let n = 1; n <= 3; n += 1) {
      api.write('web-1', `${line(n)}\n`);
      await until(() => {
        writer.drained();
        return sink.texts.length === n;
      });
      clock.advance(STILL_MS - 1);
    }
    expect(api.requests.map(({ signal }) => signal.aborted)).toEqual([false]);
    await stop();
  });
});
