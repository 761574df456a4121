// SPDX-License-Identifier: Apache-2.0
import { logSourceFixture } from '../../testing/logFixture';
import { LogBuffer } from '../LogBuffer';
import { parseChunk } from '../work/parseChunk';
import { ALL_LEVELS, RowList, type RowRules } from './RowList';

const START = Date.parse('2026-11-21T14:00:00.000Z');

/** Lines as `source text`. */
function filled(lines: readonly string[]): LogBuffer {
  const buffer = new LogBuffer();
  [0, 1, 2].forEach(id => buffer.sourceId(logSourceFixture(id)));
  add(buffer, lines);
  return buffer;
}

function add(buffer: LogBuffer, lines: readonly string[]) {
  const at = START + buffer.endKey * 10;
  const text = lines
    .map((line, i) => `${new Date(at + i).toISOString()} ${line.slice(2)}`)
    .join('\n');
  const runs = lines.flatMap(line => [Number(line[0]), 1]);
  buffer.append(parseChunk([{ runs, text }]));
}

const all: RowRules = {
  levels: ALL_LEVELS,
  hidden: new Set(),
  opened: new Set(),
  context: new Set(),
  fold: true,
};

function rows(buffer: LogBuffer, rules: Partial<RowRules> = {}) {
  const list = new RowList(buffer, { ...all, ...rules });
  list.update();
  return read(list);
}

function read({ entries }: RowList) {
  return Array.from({ length: entries.end - entries.start }, (_unused, i) => {
    const { kind, key, count } = entries.get(entries.start + i);
    return kind === 'row' ? key : [kind, key, count];
  });
}

const python = [
  '0 ERROR Task failed',
  '0 Traceback (most recent call last):',
  '1 INFO meanwhile',
  '0   File "/app/a.py", line 1, in run',
  '0     work()',
  '0 MemoryError: no room',
  '0 INFO next',
];

describe('RowList', () => {
  it('puts the lines of a stack away behind their first, whatever others write in between', () => {
    expect(rows(filled(python))).toEqual([0, ['fold', 1, 4], 2, 6]);
  });

  it('shows the lines of a stack in their place when it is opened', () => {
    expect(rows(filled(python), { opened: new Set([1]) })).toEqual([
      0,
      ['opened', 1, 4],
      1,
      2,
      3,
      4,
      5,
      6,
    ]);
  });

  it.each([
    [
      'Java',
      [
        '0 ERROR java.lang.IllegalStateException: x',
        '0 \tat com.shop.Cart.add(Cart.java:10)',
        '0 Caused by: java.io.IOException: y',
        '0 \t... 12 more',
      ],
      [0, ['fold', 1, 3]],
    ],
    [
      'Go',
      [
        '0 panic: nil map',
        '0 goroutine 1 [running]:',
        '0 main.handle(0xc000)',
        '0 \t/app/main.go:12 +0x1d',
      ],
      [0, ['fold', 1, 3]],
    ],
    ['no stack', ['0 INFO a', '0 INFO b'], [0, 1]],
  ])('knows a stack of %s', (_name, lines, expected) => {
    expect(rows(filled(lines))).toEqual(expected);
  });

  it('counts equal neighbours', () => {
    const lines = ['0 INFO tick', '0 INFO tick', '1 INFO tick', '0 INFO tick'];
    expect(rows(filled(lines))).toEqual([['repeat', 0, 2], 2, 3]);
    expect(rows(filled(lines), { fold: false })).toEqual([0, 1, 2, 3]);
  });

  it('leaves out levels and containers, stacks with their line', () => {
    expect(rows(filled(python), { levels: 0b10000 })).toEqual([
      0,
      ['fold', 1, 4],
    ]);
    expect(rows(filled(python), { hidden: new Set([0]) })).toEqual([2]);
  });

  it('stands gaps for lines that do not match, and opens them in place', () => {
    const buffer = filled(['0 a', '0 b', '0 hit', '0 c', '0 d']);
    const hits = { keys: [2], scannedFrom: 0, scannedTo: 5 };
    expect(rows(buffer, { hits })).toEqual([['gap', 0, 2], 2, ['gap', 3, 2]]);
    expect(rows(buffer, { hits, opened: new Set([3]) })).toEqual([
      ['gap', 0, 2],
      2,
      3,
      4,
    ]);
    expect(rows(buffer, { hits, context: new Set([1]) })).toEqual([
      ['gap', 0, 1],
      1,
      2,
      ['gap', 3, 2],
    ]);
  });

  it('takes in only what came since, as one list made at once', () => {
    const buffer = filled(python.slice(0, 3));
    const list = new RowList(buffer, all);
    list.update();
    add(buffer, python.slice(3));
    expect(list.update()).toBe(true);
    expect(read(list)).toEqual([0, ['fold', 1, 4], 2, 6]);
  });

  it('asks to be made anew when lines came before the first', () => {
    const buffer = filled(['0 b']);
    const list = new RowList(buffer, all);
    list.update();
    buffer.prepend(
      parseChunk([{ runs: [0, 1], text: '2026-11-21T13:00:00Z a' }]),
    );
    expect(list.update()).toBe(false);
  });

  it('finds the row that a line is put away in', () => {
    const list = new RowList(filled(python), all);
    list.update();
    expect(list.find(4)?.entry).toMatchObject({ kind: 'fold', key: 1 });
    expect(list.find(6)?.entry).toMatchObject({ kind: 'row', key: 6 });
  });
});
