// SPDX-License-Identifier: Apache-2.0
import { logSourceFixture } from '../../testing/logFixture';
import { LogBuffer } from '../LogBuffer';
import { inlineLogWork, LogWorkTimeoutError } from '../work/LogWork';
import { parseChunk } from '../work/parseChunk';
import { LogMatcher } from './LogMatcher';
import { readSearch } from './logPattern';
import { SearchRun } from './SearchRun';

function search(text: string) {
  const read = readSearch(text);
  if (read.kind !== 'search') throw new Error(`${text} is no search`);
  return read.search;
}

describe('readSearch', () => {
  it('looks for nothing without a term', () => {
    expect(readSearch('  ')).toEqual({ kind: 'none' });
  });

  it.each([['/a(/'], ['/(?=a)b/'], ['/(a)\\1/']])(
    'says what is wrong with %s',
    text => {
      expect(readSearch(text)).toMatchObject({ kind: 'bad' });
    },
  );
});

describe('LogMatcher', () => {
  it.each([
    ['killed', 'OOMKilled', true],
    ['killed -probe', 'Probe killed', false],
    ['a +b', 'a', false],
    ['"two words"', 'these two words', true],
    ['/^GET \\d+/', 'GET 12', true],
    ['/get/', 'GET', false],
    ['/get/i', 'GET', true],
    ['-healthz', 'GET /orders', true],
  ])('%s in %s: %s', (text, line, found) => {
    expect(new LogMatcher(search(text)).matches(line)).toBe(found);
  });

  it('marks hits literally, joined where they overlap', () => {
    expect(new LogMatcher(search('a.b')).ranges('a.b axb A.B')).toEqual([
      [0, 3],
      [8, 11],
    ]);
    expect(new LogMatcher(search('abc bcd')).ranges('abcd')).toEqual([[0, 4]]);
  });
});

function columns(texts: readonly string[]) {
  const text = texts.map(one => `2026-11-21T14:00:00Z ${one}`).join('\n');
  return parseChunk([{ runs: [0, Infinity], text }]);
}

function setUp(work = inlineLogWork) {
  const buffer = new LogBuffer();
  buffer.sourceId(logSourceFixture(0));
  const listeners = new Set<() => void>();
  const run = new SearchRun({
    buffer,
    work,
    search: search('hit'),
    subscribe(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  });
  const tell = () => [...listeners].forEach(listener => listener());
  return { buffer, run, tell };
}

/** Resolves when so many hits are found: a run tells of each block it looked through. */
function untilHits(run: SearchRun, count: number): Promise<void> {
  return new Promise(resolve => {
    const look = () => run.keys.length >= count && resolve();
    run.subscribe(look);
    look();
  });
}

describe('SearchRun', () => {
  it('looks through what is there, what comes at the end, and what comes before', async () => {
    const { buffer, run, tell } = setUp();
    const stop = new AbortController();
    buffer.append(columns(['a hit', 'b', '\u001b[31mh\u001b[0mit']));
    const done = run.run(stop.signal);
    await untilHits(run, 2);
    expect(run.keys).toEqual([0, 2]);
    buffer.append(columns(['c', 'hit again']));
    tell();
    await untilHits(run, 3);
    expect(run.keys).toEqual([0, 2, 4]);
    buffer.prepend(columns(['old hit', 'x']));
    tell();
    await untilHits(run, 4);
    expect(run.keys).toEqual([-2, 0, 2, 4]);
    stop.abort();
    await done;
  });

  it('finds hits over many blocks', async () => {
    const { buffer, run } = setUp();
    const stop = new AbortController();
    buffer.append(
      columns(
        Array.from({ length: 10_000 }, (_unused, i) =>
          i % 2_500 === 7 ? 'hit ü' : `line ${i}`,
        ),
      ),
    );
    void run.run(stop.signal);
    await untilHits(run, 4);
    expect(run.keys).toEqual([7, 2_507, 5_007, 7_507]);
    stop.abort();
  });

  it('ends when it takes too long, and says so', async () => {
    const { buffer, run } = setUp({
      ...inlineLogWork,
      search: async () => {
        throw new LogWorkTimeoutError();
      },
    });
    buffer.append(columns(['hit']));
    await run.run(new AbortController().signal);
    expect(run.failure).toBeInstanceOf(LogWorkTimeoutError);
  });
});
