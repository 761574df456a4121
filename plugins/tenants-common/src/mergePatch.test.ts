// SPDX-License-Identifier: Apache-2.0
import fc from 'fast-check';
import { applyMergePatch, createMergePatch } from './mergePatch';

const key = fc.oneof(
  fc.constantFrom('a', 'b', 'c', '__proto__', 'constructor'),
  fc.string(),
);
const { value } = fc.letrec<{ value: unknown }>(tie => ({
  value: fc.oneof(
    { depthSize: 'small' },
    fc.boolean(),
    fc.integer(),
    fc.string(),
    fc.array(tie('value'), { maxLength: 3 }),
    fc.dictionary(key, tie('value'), { maxKeys: 4, noNullPrototype: true }),
  ),
}));

it('makes patches that turn one value into the other', () => {
  fc.assert(
    fc.property(value, value, (from, to) => {
      const patch = createMergePatch(from, to);
      const result = patch === undefined ? from : applyMergePatch(from, patch);
      expect(JSON.parse(JSON.stringify(result))).toEqual(
        JSON.parse(JSON.stringify(to)),
      );
    }),
  );
});

it('makes no patch for equal values', () => {
  fc.assert(
    fc.property(value, v =>
      expect(createMergePatch(v, structuredClone(v))).toBeUndefined(),
    ),
  );
});

it('names only what changed', () => {
  const from = { keep: { deep: [1] }, change: { x: 1, y: 2 }, drop: 1 };
  const to = { keep: { deep: [1] }, change: { x: 1, y: 3 }, add: true };
  expect(createMergePatch(from, to)).toEqual({
    change: { y: 3 },
    drop: null,
    add: true,
  });
});

it('leaves its input alone and shares unchanged branches', () => {
  const from = { a: { b: 1 }, c: 2 };
  const result = applyMergePatch(from, { c: 3 });
  expect(from).toEqual({ a: { b: 1 }, c: 2 });
  expect(result.a).toBe(from.a);
});

it('cannot reach the prototype of objects', () => {
  applyMergePatch({}, JSON.parse('{"__proto__": {"polluted": true}}'));
  expect(({} as Record<string, unknown>).polluted).toBeUndefined();
});

// The examples of RFC 7396, appendix A.
it.each([
  ['{"a":"b"}', '{"a":"c"}', '{"a":"c"}'],
  ['{"a":"b"}', '{"b":"c"}', '{"a":"b","b":"c"}'],
  ['{"a":"b"}', '{"a":null}', '{}'],
  ['{"a":"b","b":"c"}', '{"a":null}', '{"b":"c"}'],
  ['{"a":["b"]}', '{"a":"c"}', '{"a":"c"}'],
  ['{"a":{"b":"c"}}', '{"a":{"b":"d","c":null}}', '{"a":{"b":"d"}}'],
  ['["a","b"]', '["c","d"]', '["c","d"]'],
  ['{"a":"b"}', '["c"]', '["c"]'],
  ['{"e":null}', '{"a":1}', '{"e":null,"a":1}'],
  ['[1,2]', '{"a":"b","c":null}', '{"a":"b"}'],
  ['{}', '{"a":{"bb":{"ccc":null}}}', '{"a":{"bb":{}}}'],
])('patches %s with %s to %s', (target, patch, result) => {
  expect(applyMergePatch(JSON.parse(target), JSON.parse(patch))).toEqual(
    JSON.parse(result),
  );
});
