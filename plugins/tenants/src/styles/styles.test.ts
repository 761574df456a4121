// SPDX-License-Identifier: Apache-2.0
import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

const source = join(__dirname, '..');
const files = readdirSync(source, { recursive: true, encoding: 'utf8' });
const textOf = (file: string) => readFileSync(join(source, file), 'utf8');
const all = (text: string, pattern: RegExp) => [
  ...new Set([...text.matchAll(pattern)].map(([, name]) => name)),
];

/** Those are the framework’s. */
const globals = /:global\([^)]*\)/g;

/** Names of classes in the files of a folder; one that stands in two of them is there twice. */
function defined(folder: string): string[] {
  return files
    .filter(file => dirname(file) === folder && file.endsWith('.css'))
    .map(file => textOf(file).replace(globals, ''))
    .flatMap(text => all(text, /\.([a-z][A-Za-z0-9]*)/g));
}

const importLine = /import \{ classes(?: as (\w+))? \} from '([./]*styles)'/g;

/** Names that code takes from the classes of a folder. */
function used(folder: string): Set<string> {
  const names = files
    .filter(file => /\.tsx?$/.test(file))
    .flatMap(file =>
      [...textOf(file).matchAll(importLine)]
        .filter(([, , path]) => join(dirname(file), path) === folder)
        .flatMap(([, name = 'classes']) =>
          all(textOf(file), new RegExp(`\\b${name}\\.([A-Za-z0-9]+)`, 'g')),
        ),
    );
  return new Set(names);
}

describe.each(['styles', 'logs/styles'])('the shared classes in %s', folder => {
  it('are each in one file only', () => {
    const names = defined(folder);
    expect(names).toEqual([...new Set(names)]);
  });

  it('are all there that code uses, and all used that are there', () => {
    expect([...used(folder)].sort()).toEqual([...defined(folder)].sort());
  });
});
