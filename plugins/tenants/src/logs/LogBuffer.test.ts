// SPDX-License-Identifier: Apache-2.0
import { logSourceFixture } from '../testing/logFixture';
import { LogBuffer } from './LogBuffer';
import { toLogLine } from './wireLines';

const source = logSourceFixture(0);
const line = (text: string) =>
  toLogLine({ time: '2026-11-21T14:31:02Z', text }, source);

describe('LogBuffer', () => {
  it('gives each row a key that stays its own', () => {
    const buffer = new LogBuffer(3);
    const rows = ['a', 'b', 'c', 'd', 'e'].map(line);
    rows.forEach(row => buffer.append(row));
    expect([buffer.firstKey, buffer.endKey]).toEqual([2, 5]);
    expect([2, 3, 4].map(key => buffer.get(key))).toEqual(rows.slice(2));
  });

  it('answers nothing for rows that were let go or have not come', () => {
    const buffer = new LogBuffer(2);
    ['a', 'b', 'c'].forEach(text => buffer.append(line(text)));
    expect(buffer.get(0)).toBeUndefined();
    expect(buffer.get(3)).toBeUndefined();
  });

  it('never holds more than its bound', () => {
    const buffer = new LogBuffer(100);
    for (let i = 0; i < 1_000; i++) buffer.append(line(`line ${i}`));
    expect(buffer.endKey - buffer.firstKey).toBe(100);
    expect(buffer.get(900)).toMatchObject({ text: 'line 900' });
  });

  it('counts the errors that came', () => {
    const buffer = new LogBuffer(1);
    buffer.append(line('ERROR broken'));
    buffer.append(line('INFO fine'));
    buffer.append({ kind: 'reconnected' });
    expect(buffer.errors).toBe(1);
  });
});
