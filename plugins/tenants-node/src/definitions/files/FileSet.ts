// SPDX-License-Identifier: Apache-2.0
import type { DefinitionFile } from '../DefinitionFile';
import { DEFINITION_LIMITS } from '../definitionLimits';
import type { Say } from '../Place';
import { readYaml } from '../yaml/readYaml';
import type { YamlText } from '../yaml/YamlDocument';

/** The files of all sources, each read at most once. */
export class FileSet {
  private readonly texts = new Map<DefinitionFile, YamlText>();
  private readonly byKey: ReadonlyMap<string, DefinitionFile>;

  constructor(readonly files: readonly DefinitionFile[]) {
    this.byKey = new Map(files.map(file => [keyOf(file), file]));
  }

  /** The YAML in a file. */
  read(file: DefinitionFile): YamlText {
    const known = this.texts.get(file);
    if (known) return known;
    const text = readYaml(file.text);
    this.texts.set(file, text);
    return text;
  }

  /** A file by its path in the source of another. */
  beside({ source }: DefinitionFile, path: string): DefinitionFile | undefined {
    return this.byKey.get(keyOf({ source, path }));
  }

  /** The file of a path, or all YAML files of a folder and what is below it, by path. */
  under(near: DefinitionFile, path: string): readonly DefinitionFile[] {
    const file = this.beside(near, path);
    if (file) return [file];
    const prefix = path === '' ? '' : `${path}/`;
    return this.ofSource(near)
      .filter(other => other.path.startsWith(prefix) && isYaml(other.path))
      .sort((a, b) => (a.path < b.path ? -1 : 1));
  }

  /** All files of the source of a file. */
  ofSource({ source }: DefinitionFile): DefinitionFile[] {
    return this.files.filter(file => file.source === source);
  }
}

/** Refuses sets of files that are too large, and files that two have the same path. Says whether they may be read. */
export function admitFiles(
  files: readonly DefinitionFile[],
  say: Say,
): boolean {
  const total = files.reduce((sum, { text }) => sum + text.length, 0);
  if (files.length > DEFINITION_LIMITS.files) {
    say({
      file: '.',
      rule: 'too-large',
      message: `There are ${files.length} files; ${DEFINITION_LIMITS.files} are allowed.`,
      remedy: 'Point the source at a folder that holds definitions only.',
    });
    return false;
  }
  if (total > DEFINITION_LIMITS.totalCharacters) {
    say({
      file: largest(files),
      rule: 'too-large',
      message: `The files have ${total} characters together; ${DEFINITION_LIMITS.totalCharacters} are allowed.`,
      remedy: 'Remove what is not needed; this is the largest file.',
    });
    return false;
  }
  return true;
}

/** Whether a path is that of a YAML or JSON file. */
export function isYaml(path: string): boolean {
  return /\.(ya?ml|json)$/i.test(path);
}

function largest(files: readonly DefinitionFile[]): string {
  return files.reduce((a, b) => (b.text.length > a.text.length ? b : a)).path;
}

function keyOf({ source, path }: Pick<DefinitionFile, 'source' | 'path'>) {
  return `${source ?? ''}\n${path}`;
}
