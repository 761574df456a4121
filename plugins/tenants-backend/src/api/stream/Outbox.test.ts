// SPDX-License-Identifier: Apache-2.0
import { Outbox, type LineSink } from './Outbox';

/** A reader that takes lines as fast as the test says. */
class FakeSink implements LineSink {
  readonly lines: { s: string; n: number; v?: number; last?: boolean }[] = [];
  keepsUp = true;

  write(line: string): boolean {
    this.lines.push(JSON.parse(line));
    return this.keepsUp;
  }
}

function open(limitBytes = 100) {
  const sink = new FakeSink();
  const outbox = new Outbox({ sink, limitBytes });
  const value = { a: 0, b: 0 };
  outbox.open('a', () => `"v":${value.a},"whole":true`);
  outbox.open('b', () => `"v":${value.b},"whole":true`);
  const change = (id: 'a' | 'b') => {
    value[id] += 1;
    outbox.send(id, `"v":${value[id]}`);
  };
  return { sink, outbox, change, value };
}

describe('Outbox', () => {
  it('passes frames straight through while the reader keeps up, numbered per subscription', () => {
    const { sink, change } = open();
    change('a');
    change('b');
    change('a');
    expect(sink.lines).toEqual([
      { s: 'a', n: 1, v: 1 },
      { s: 'b', n: 1, v: 1 },
      { s: 'a', n: 2, v: 2 },
    ]);
  });

  it('lets frames wait for a slow reader and sends them in order once it has drained', () => {
    const { sink, outbox, change } = open();
    sink.keepsUp = false;
    change('a');
    change('a');
    change('a');
    expect(sink.lines).toHaveLength(1);
    sink.keepsUp = true;
    outbox.drained();
    expect(sink.lines.map(l => l.v)).toEqual([1, 2, 3]);
  });

  it('drops what waits beyond the limit and sends one snapshot instead, without a hole in the numbers', () => {
    const { sink, outbox, change, value } = open();
    sink.keepsUp = false;
    for (let i = 0; i < 1000; i++) change('a');
    change('b');
    sink.keepsUp = true;
    outbox.drained();
    const ofA = sink.lines.filter(l => l.s === 'a');
    expect(ofA).toEqual([
      { s: 'a', n: 1, v: 1 },
      { s: 'a', n: 2, v: value.a, whole: true },
    ]);
    change('a');
    expect(sink.lines.at(-1)).toEqual({ s: 'a', n: 3, v: value.a });
    // What waited for the other subscription was within the limit by then.
    expect(sink.lines.filter(l => l.s === 'b')).toEqual([
      { s: 'b', n: 1, v: 1 },
    ]);
  });

  it('never lets more wait than the limit', () => {
    const { sink, outbox, change } = open(50);
    sink.keepsUp = false;
    for (let i = 0; i < 100; i++) change(i % 2 ? 'a' : 'b');
    sink.keepsUp = true;
    outbox.drained();
    expect(JSON.stringify(sink.lines).length).toBeLessThan(400);
  });

  it('leaves a heartbeat out when the reader is behind', () => {
    const { sink, outbox, change } = open();
    sink.keepsUp = false;
    change('a');
    outbox.offer('a', '"beat":1');
    sink.keepsUp = true;
    outbox.drained();
    expect(sink.lines).toHaveLength(1);
  });

  it('sends the last frame of a subscription even to a reader who is behind, and nothing after it', () => {
    const { sink, outbox, change } = open();
    sink.keepsUp = false;
    change('a');
    change('a');
    outbox.end('a', '"last":true');
    change('a');
    expect(outbox.size).toBe(2);
    sink.keepsUp = true;
    outbox.drained();
    expect(sink.lines.map(({ v, last }) => v ?? last)).toEqual([1, true]);
    expect(outbox.size).toBe(1);
  });

  it('writes the end of the stream at once and drops what waits', () => {
    const { sink, outbox, change } = open();
    sink.keepsUp = false;
    change('a');
    change('a');
    outbox.finish('"last":true');
    outbox.drained();
    expect(sink.lines.at(-1)).toEqual({ s: '', n: 1, last: true });
    expect(sink.lines).toHaveLength(2);
  });
});
