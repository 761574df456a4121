// SPDX-License-Identifier: Apache-2.0
import { file } from './__testUtils__/definitionFiles';
import type { DefinitionFile } from './DefinitionFile';
import { parseDefinitions } from './parseDefinitions';

describe('limits', () => {
  const ruleOf = (...files: DefinitionFile[]) =>
    parseDefinitions(files).problems.map(p => p.rule);

  it('refuses aliases that multiply', () => {
    const levels = Array.from({ length: 9 }, (_, level) => {
      const of = level === 0 ? '"x"' : `*l${level - 1}`;
      return `l${level}: &l${level} [${Array(9).fill(of).join(', ')}]`;
    });
    expect(ruleOf(file(`${levels.join('\n')}\nmodules: {}\n`))).toEqual([
      'alias-bomb',
    ]);
  });

  it('refuses files that are too large, too many or too deep', () => {
    expect(ruleOf(file('x'.repeat(10_000_000)))).toEqual(['too-large']);
    expect(ruleOf(file('---\na: 1\n'.repeat(10_000)))).toEqual([
      'too-many-documents',
    ]);
    expect(ruleOf(file(`a: ${'['.repeat(100_000)}`))).toEqual(['too-deep']);
    expect(ruleOf(file('- '.repeat(10_000)))).toEqual(['too-deep']);
    expect(ruleOf(file(`a: [${'1,'.repeat(60_000)}]`))).toEqual(['too-large']);
    const many = Array.from({ length: 1_001 }, (_, i) => file('', `${i}.yaml`));
    expect(ruleOf(...many)).toEqual(['too-large']);
    const large = Array.from({ length: 9 }, (_, i) =>
      file('#'.repeat(1_000_000), `${i}.yaml`),
    );
    expect(ruleOf(...large)).toEqual(['too-large']);
  });

  it('tells a bounded number of problems', () => {
    const lines = Array.from({ length: 1_000 }, (_, i) => `  a${i}: { x: 1 }`);
    expect(
      ruleOf(file(`modules:\n${lines.join('\n')}\n`)).length,
    ).toBeLessThanOrEqual(200);
  });
});
