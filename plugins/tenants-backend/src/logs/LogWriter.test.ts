// SPDX-License-Identifier: Apache-2.0
import { LOG_LIMITS } from '@tenantry/backstage-plugin-tenants-common';
import { FakeClock } from '../time/testing/FakeClock';
import { LogWriter, type LogSink } from './LogWriter';

class FakeSink implements LogSink {
  readonly lines: string[] = [];
  keepsUp = true;
  closed = false;
  aborted = false;

  write(line: string): boolean {
    this.lines.push(line);
    return this.keepsUp;
  }

  close(): void {
    this.closed = true;
  }

  abort(): void {
    this.aborted = true;
  }
}

/** Lets promises settle. */
const settle = () => new Promise(resolve => setImmediate(resolve));

const lines = (text: string) => ({ type: 'lines' as const, source: 1, text });

function open(framing: 'messages' | 'plain' = 'messages') {
  const sink = new FakeSink();
  const clock = new FakeClock();
  const writer = new LogWriter(sink, { clock, framing });
  const done: string[] = [];
  const write = (text: string) =>
    void writer.event(lines(text)).then(() => done.push(text));
  return { sink, clock, writer, done, write };
}

describe('LogWriter', () => {
  it('lets whoever writes wait until a slow reader has drained', async () => {
    const { sink, writer, done, write } = open();
    sink.keepsUp = false;
    write('one');
    write('two');
    await settle();
    expect(sink.lines).toHaveLength(1);
    expect(done).toEqual([]);
    sink.keepsUp = true;
    writer.drained();
    await settle();
    expect(sink.lines).toHaveLength(2);
    expect(done).toEqual(['one', 'two']);
  });

  it('writes no faster than the limit', async () => {
    const { sink, clock, done, write } = open();
    const half = 'x'.repeat(LOG_LIMITS.bytesPerSecond * 0.6);
    write(half);
    write(half);
    write('late');
    await settle();
    const types = () =>
      sink.lines.map(line => JSON.parse(line)).map(({ d }) => d.type);
    expect(types()).toEqual(['lines', 'lines', 'slowed']);
    clock.advance(1_000);
    await settle();
    expect(types()).toEqual(['lines', 'lines', 'slowed', 'lines']);
    expect(done.length).toBe(3);
    clock.advance(1_000);
    write('under the limit again');
    await settle();
    expect(JSON.parse(sink.lines[4])).toMatchObject({
      d: { type: 'slowed', slowed: false },
    });
  });

  it('ends at once, drops what waits, and writes nothing after it', async () => {
    const { sink, writer, done, write } = open();
    sink.keepsUp = false;
    write('one');
    write('two');
    await settle();
    writer.end('shutdown', 'Bye.');
    writer.heartbeat(undefined);
    await settle();
    expect(sink.closed).toBe(true);
    expect(sink.lines).toHaveLength(2);
    expect(JSON.parse(sink.lines[1])).toMatchObject({
      s: 'logs',
      n: 2,
      t: 'end',
    });
    expect(done).toEqual(['one', 'two']);
  });

  it('writes a file without messages, and breaks off what is not whole', async () => {
    const { sink, writer } = open('plain');
    writer.heartbeat(undefined);
    await writer.event(lines('not for a file'));
    await writer.text('one\n', 1);
    writer.end('error', 'It failed.');
    expect(sink).toMatchObject({
      lines: ['one\n'],
      aborted: true,
      closed: false,
    });
    const whole = open('plain');
    whole.writer.end('completed', 'All.');
    expect(whole.sink).toMatchObject({ closed: true, aborted: false });
  });
});
