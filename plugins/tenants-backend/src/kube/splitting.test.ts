// SPDX-License-Identifier: Apache-2.0
import fc from 'fast-check';
import { LineSplitter } from './LineSplitter';
import { ListSplitter } from './ListSplitter';
import { topLevelMembers } from './topLevelMembers';

/** The same bytes in chunks of the given sizes, over and over. */
function cut(bytes: Buffer, sizes: readonly number[]): Buffer[] {
  const chunks: Buffer[] = [];
  for (let at = 0, i = 0; at < bytes.length; i++) {
    const size = sizes[i % sizes.length] ?? 1;
    chunks.push(bytes.subarray(at, at + size));
    at += size;
  }
  return chunks;
}

const cuts = fc.array(fc.integer({ min: 1, max: 40 }), {
  minLength: 1,
  maxLength: 20,
});
const fail = () => {
  throw new Error('nothing is too large here');
};

describe('LineSplitter', () => {
  it('finds the same lines however the bytes are cut', () => {
    const line = fc
      .string({ unit: 'binary' })
      .map(text => text.replaceAll('\n', ' '));
    fc.assert(
      fc.property(fc.array(line), cuts, (lines, sizes) => {
        const splitter = new LineSplitter({
          maxBytes: 10_000,
          onOversize: fail,
        });
        const bytes = Buffer.from(lines.join('\n'));
        const found: string[] = [];
        for (const chunk of cut(bytes, sizes)) {
          for (const part of splitter.push(chunk)) found.push(part.toString());
        }
        found.push(splitter.rest().toString());
        const expected = bytes
          .toString()
          .split('\n')
          .filter(text => text !== '');
        expect(found.filter(text => text !== '')).toEqual(expected);
      }),
    );
  });

  it('drops each line that is too large, once, and goes on', () => {
    fc.assert(
      fc.property(
        fc.array(fc.integer({ min: 1, max: 60 })),
        cuts,
        (lengths, sizes) => {
          let dropped = 0;
          const splitter = new LineSplitter({
            maxBytes: 20,
            onOversize: () => dropped++,
          });
          const bytes = Buffer.from(
            lengths.map(n => `${'x'.repeat(n)}\n`).join(''),
          );
          const found: number[] = [];
          for (const chunk of cut(bytes, sizes)) {
            for (const part of splitter.push(chunk)) found.push(part.length);
          }
          expect(found).toEqual(lengths.filter(n => n <= 20));
          expect(dropped).toBe(lengths.filter(n => n > 20).length);
        },
      ),
    );
  });
});

describe('ListSplitter', () => {
  const json = fc.jsonValue({ maxDepth: 4 });
  const object = fc.dictionary(fc.string(), json);
  const members = fc.dictionary(
    fc
      .string()
      .filter(
        key =>
          key !== 'items' &&
          !/["\\]/.test(JSON.stringify(key).slice(1, -1)) &&
          key !== '__proto__',
      ),
    json,
    { maxKeys: 4 },
  );

  it('finds the same items and members as JSON.parse, however the bytes are cut', () => {
    fc.assert(
      fc.property(
        fc.array(object),
        members,
        members,
        cuts,
        (items, before, after, sizes) => {
          const list = {
            ...before,
            items,
            ...after,
            metadata: { resourceVersion: '7' },
          };
          const found: unknown[] = [];
          const splitter = new ListSplitter({
            maxBytes: 100_000,
            onOversize: fail,
            onItem: bytes => found.push(JSON.parse(bytes.toString())),
          });
          const bytes = Buffer.from(JSON.stringify(list));
          for (const chunk of cut(bytes, sizes)) splitter.push(chunk);
          expect(found).toEqual(JSON.parse(JSON.stringify(items)));
          expect(JSON.parse(splitter.member('metadata') ?? '')).toEqual(
            list.metadata,
          );
        },
      ),
    );
  });

  it('says of every list that is cut short that it ended early', () => {
    const bytes = Buffer.from(
      '{"kind":"L","metadata":{"resourceVersion":"1"},"items":[{"a":"}"},{"b":[]}]}',
    );
    for (let end = 0; end < bytes.length; end++) {
      const splitter = new ListSplitter({
        maxBytes: 1_000,
        onOversize: fail,
        onItem: () => undefined,
      });
      splitter.push(bytes.subarray(0, end));
      expect(() => splitter.member('metadata')).toThrow('ended early');
    }
  });
});

describe('topLevelMembers', () => {
  it('finds the same members as JSON.parse', () => {
    const key = fc
      .string()
      .filter(
        text =>
          !/["\\]/.test(JSON.stringify(text).slice(1, -1)) &&
          text !== '__proto__',
      );
    fc.assert(
      fc.property(fc.dictionary(key, fc.jsonValue()), object => {
        const found = topLevelMembers(Buffer.from(JSON.stringify(object)));
        const parsed = [...found].map(([name, bytes]) => [
          name,
          JSON.parse(bytes.toString()),
        ]);
        expect(Object.fromEntries(parsed)).toEqual(
          JSON.parse(JSON.stringify(object)),
        );
      }),
    );
  });
});
