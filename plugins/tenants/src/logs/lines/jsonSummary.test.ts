// SPDX-License-Identifier: Apache-2.0
import {
  jsonSummary,
  MAX_FIELD_LENGTH,
  MAX_SUMMARY_FIELDS,
} from './jsonSummary';

const ALL = { time: true, level: true };
const read = (value: object, tells = ALL) =>
  jsonSummary({ text: JSON.stringify(value) }, tells);
const told = (value: object, tells = ALL) => {
  const summary = read(value, tells);
  return [
    summary?.message?.text,
    ...(summary?.fields ?? []).map(({ name, text }) => `${name}=${text}`),
  ];
};

describe('jsonSummary', () => {
  it('tells the message first, then the other fields in their order', () => {
    expect(
      told({ logger: 'db', msg: 'slow query', ms: 812, ok: false, at: null }),
    ).toEqual(['slow query', 'logger=db', 'ms=812', 'ok=false', 'at=null']);
  });

  it('leaves out the time and the level where the row has them in columns', () => {
    const line = { Time: 'now', level: 'info', '@timestamp': 1, msg: 'done' };
    expect(told(line)).toEqual(['done']);
    expect(told(line, { time: false, level: false })).toEqual([
      'done',
      'Time=now',
      'level=info',
      '@timestamp=1',
    ]);
  });

  it('tells the fields alone when there is no message', () => {
    expect(told({ event: 'login', user: { id: 7 } })).toEqual([
      undefined,
      'event=login',
      'user={"id":7}',
    ]);
  });

  it('keeps to one row: line breaks become marks, long fields are cut, many are counted', () => {
    const many = Object.fromEntries(
      Array.from({ length: MAX_SUMMARY_FIELDS + 3 }, (_, i) => [`f${i}`, i]),
    );
    const summary = read({
      msg: 'a\nb',
      long: `${'x'.repeat(MAX_FIELD_LENGTH)}y`,
      ...many,
    });
    expect(summary?.message?.text).toBe('a ↵ b');
    expect(summary?.fields[0].text).toBe(`${'x'.repeat(MAX_FIELD_LENGTH)}…`);
    expect(summary?.fields).toHaveLength(MAX_SUMMARY_FIELDS);
    expect(summary?.more).toBe(4);
  });

  it('knows by which rule each value was masked, whatever comes first', () => {
    const text = JSON.stringify({
      token: '[masked]',
      level: 'info [masked]',
      msg: 'from [masked] to [masked]',
      user: 'paul',
    });
    const rules = ['jwt', 'password', 'url', 'aws'];
    const summary = jsonSummary({ text, rules }, ALL);
    expect(summary?.message?.rules).toEqual(['url', 'aws']);
    expect(summary?.fields.map(field => field.rules)).toEqual([['jwt'], []]);
  });

  it.each(['{not json}', '{}', '[1]', 'plain', '{"time":1,"level":"info"}'])(
    'has nothing to tell of %s',
    text => {
      expect(jsonSummary({ text }, ALL)).toBeUndefined();
    },
  );
});
