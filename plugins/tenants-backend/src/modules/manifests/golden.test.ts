// SPDX-License-Identifier: Apache-2.0
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse, stringify } from 'yaml';
import { renderEnvironment } from './renderEnvironment';
import { goldenCase, outcomeOf } from './testing/goldenCase';

/** `UPDATE_GOLDEN=1` writes what comes out; the change is then reviewed as any other. */
const isUpdate = process.env.UPDATE_GOLDEN === '1';
const fixtures = join(__dirname, '..', '__fixtures__');
const names = readdirSync(fixtures)
  .filter(name => name.startsWith('render-'))
  .sort();

const fileOf = (name: string, part: string) =>
  join(fixtures, name, `${part}.yaml`);
const textOf = (name: string, part: string) =>
  readFileSync(fileOf(name, part), 'utf8');
const caseOf = (name: string) =>
  goldenCase({
    definition: textOf(name, 'definition'),
    wanted: textOf(name, 'wanted'),
  });

describe('a wanted environment becomes the objects written down for it', () => {
  it.each(names)('%s', name => {
    const { input, show } = caseOf(name);
    const outcome = outcomeOf(renderEnvironment(input), show);
    if (isUpdate) {
      const text = stringify(outcome, { lineWidth: 120 });
      writeFileSync(fileOf(name, 'manifests'), text);
    }
    expect(outcome).toEqual(parse(textOf(name, 'manifests')));
  });

  it('and to the same objects every time', () => {
    for (const name of names) {
      const { input } = caseOf(name);
      expect(renderEnvironment(input)).toEqual(renderEnvironment(input));
    }
  });

  it('of which there are enough', () => {
    expect(names.length).toBeGreaterThanOrEqual(15);
  });
});
