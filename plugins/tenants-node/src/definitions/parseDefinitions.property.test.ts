// SPDX-License-Identifier: Apache-2.0
/* eslint jest/expect-expect: ["warn", { "assertFunctionNames": ["expect", "fc.assert"] }] -- properties assert by fc.assert */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { DEFINITION_LIMITS } from './definitionLimits';
import { readSubstitutions } from './manifests/readSubstitutions';
import { parseDefinitions } from './parseDefinitions';

const RUNS = { numRuns: 150 };
const platform = readFileSync(
  join(__dirname, '../../../../examples/module-definitions/spanda.yaml'),
  'utf8',
);
const lines = platform.split('\n');

/** Words that definitions are made of, and those that attack. */
const word = fc.constantFrom(
  ...['modules', 'releases', 'version', 'manifests', 'parameters', 'tiers'],
  ...['categories', 'dependencies', 'when', 'values', 'chart_path', 'a', 'b'],
  ...['__proto__', 'constructor', 'prototype', 'toString', '../x', './m'],
  ...[
    '1.0.0',
    '^1',
    '${{ parameters.a }}',
    '${{',
    '}}',
    '&x',
    '*x',
    '!!js/function',
  ],
);
const leaf = fc.oneof(
  word,
  fc.string(),
  fc.double(),
  fc.boolean(),
  fc.constant(null),
);
const { tree } = fc.letrec(tie => ({
  tree: fc.oneof(
    { maxDepth: 5 },
    leaf,
    fc.array(tie('tree'), { maxLength: 4 }),
    fc.dictionary(fc.oneof(word, fc.string()), tie('tree'), { maxKeys: 5 }),
  ),
}));

/** A right file with some lines cut, doubled or moved deeper. */
const damaged = fc
  .array(
    fc.tuple(
      fc.nat(lines.length - 1),
      fc.constantFrom('cut', 'double', 'deeper', 'mark'),
    ),
    { minLength: 1, maxLength: 4 },
  )
  .map(edits => {
    const copy = [...lines];
    for (const [at, how] of edits) {
      const line = copy[at] ?? '';
      if (how === 'cut') copy[at] = line.slice(0, line.length / 2);
      if (how === 'double') copy[at] = `${line}\n${line}`;
      if (how === 'deeper') copy[at] = `  ${line}`;
      if (how === 'mark') copy[at] = line.replace(':', ': "${{ x }}"');
    }
    return copy.join('\n');
  });

const before = Object.getOwnPropertyNames(Object.prototype).sort();

/** Parses, and checks what must hold for whatever was parsed. */
function check(text: string, manifest = ''): void {
  const files = [
    { path: 'platform.yaml', text },
    { path: 'm/m.yaml', text: manifest },
  ];
  const { catalogue, problems } = parseDefinitions(files);
  expect(catalogue === undefined).toBe(problems.length > 0);
  expect(problems.length).toBeLessThanOrEqual(DEFINITION_LIMITS.problems);
  for (const { rule, message, remedy, line = 1, column = 1 } of problems) {
    expect(rule).toMatch(/^[a-z-]+$/);
    expect(message.length).toBeGreaterThan(0);
    expect(message.length).toBeLessThan(1_000);
    expect(remedy.length).toBeGreaterThan(0);
    expect(line).toBeGreaterThanOrEqual(1);
    expect(line).toBeLessThanOrEqual(
      text.split('\n').length + manifest.split('\n').length,
    );
    expect(column).toBeGreaterThanOrEqual(1);
  }
  expect(Object.getOwnPropertyNames(Object.prototype).sort()).toEqual(before);
}

describe('whatever is in a file, parsing ends with a catalogue or with problems that have a place', () => {
  it('any text', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), text => check(text)),
      RUNS,
    );
  });

  it('any tree', () => {
    fc.assert(
      fc.property(tree, value => check(JSON.stringify(value))),
      RUNS,
    );
  });

  it('any modules', () => {
    const modules = fc.dictionary(word, tree, { maxKeys: 4 });
    fc.assert(
      fc.property(modules, value => check(JSON.stringify({ modules: value }))),
      RUNS,
    );
  });

  it('any release', () => {
    const release = fc.record({
      version: fc.constantFrom('1.0.0', '2', 3),
      parameters: tree,
      dependencies: tree,
      secrets: tree,
      endpoints: tree,
      footprint: tree,
    });
    fc.assert(
      fc.property(release, value =>
        check(JSON.stringify({ modules: { a: { releases: [value] } } })),
      ),
      RUNS,
    );
  });

  it('any manifest', () => {
    const text = 'modules: { a: { manifests: ./m } }\n';
    const object = fc.record({
      apiVersion: fc.constantFrom('apps/v1', 'v1'),
      kind: fc.constantFrom('Deployment', 'ConfigMap', 'Secret'),
      metadata: fc.oneof(tree, fc.constant({ name: 'a' })),
      when: fc.oneof(fc.string(), word, fc.constant('parameters.a > 1')),
      spec: tree,
    });
    fc.assert(
      fc.property(object, value => check(text, JSON.stringify(value))),
      RUNS,
    );
  });

  it('a right file that was damaged', () => {
    fc.assert(
      fc.property(damaged, text => check(text)),
      { numRuns: 30 },
    );
  });
});

it('a substitution never yields a path to what every object has, nor one of another root', () => {
  const part = fc.oneof(
    fc.string(),
    fc.constantFrom(
      '${{',
      '}}',
      '$',
      ' ',
      '.',
      'parameters',
      '__proto__',
      'tenant.name',
      'constructor',
      'process.env',
    ),
  );
  const text = fc.array(part, { maxLength: 12 }).map(parts => parts.join(''));
  fc.assert(
    fc.property(text, written => {
      const read = readSubstitutions(written);
      if (!read.ok) return;
      for (const piece of read.parts) {
        if (typeof piece === 'string') continue;
        const [root] = piece.path;
        expect([
          'parameters',
          'tenant',
          'environment',
          'module',
          'release',
          'secrets',
        ]).toContain(root);
        expect(piece.path).not.toContain('__proto__');
        expect(piece.path).not.toContain('constructor');
      }
    }),
    { numRuns: 1_000 },
  );
});
