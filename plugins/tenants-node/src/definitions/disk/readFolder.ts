// SPDX-License-Identifier: Apache-2.0
import { readdir, readFile, realpath, stat } from 'node:fs/promises';
import { join, sep } from 'node:path';
import type { DefinitionProblem } from '@tenantry/backstage-plugin-tenants-common';
import type { DefinitionFile } from '../DefinitionFile';
import { DEFINITION_LIMITS } from '../definitionLimits';
import { SourceProblem } from './SourceProblem';

/** Folders inside each other. */
const MAX_DEPTH = 10;
/** A character takes at most this many bytes. */
const BYTES_PER_CHARACTER = 4;
const READ = /\.(ya?ml|json|md)$/i;

type Walk = {
  /** The real path of the source’s root. */
  readonly root: string;
  readonly files: DefinitionFile[];
  readonly problems: DefinitionProblem[];
  readonly signal: AbortSignal;
};

/**
 * Reads the YAML, JSON and Markdown files at paths below a root, and of folders all that is below them. Names that begin with a dot are left
 * out: among them are the folders that Kubernetes keeps beside a mounted ConfigMap. Paths that do not exist are left out too.
 *
 * @throws SourceProblem when the root is missing, a link leads out of it, or there is too much
 */
export async function readFolder(
  root: string,
  paths: readonly string[],
  signal: AbortSignal,
): Promise<readonly DefinitionFile[]> {
  const real = await realpath(root).catch(() => undefined);
  if (real === undefined) throw new SourceProblem([missing('.')]);
  const walk: Walk = { root: real, files: [], problems: [], signal };
  for (const path of paths) await visit(walk, path, []);
  if (walk.problems.length > 0) throw new SourceProblem(walk.problems);
  const unique = new Map(walk.files.map(file => [file.path, file]));
  return [...unique.values()];
}

/** What is told of a file or folder that is not there. */
export function missing(path: string): DefinitionProblem {
  return {
    file: path,
    rule: 'file-missing',
    message: `There is no file or folder "${path}" that the portal can read.`,
    remedy: 'Correct the path, or put the file there.',
  };
}

async function visit(
  walk: Walk,
  path: string,
  above: readonly string[],
): Promise<void> {
  walk.signal.throwIfAborted();
  const real = await realpath(join(walk.root, path)).catch(() => undefined);
  if (real === undefined) return;
  if (real !== walk.root && !real.startsWith(walk.root + sep)) {
    walk.problems.push(leadsOut(path));
    return;
  }
  const found = await stat(real);
  if (found.isFile()) await take(walk, { path, real, size: found.size });
  if (!found.isDirectory()) return;
  // A link to a folder around it would be followed for ever.
  if (above.includes(real) || above.length >= MAX_DEPTH) return;
  const names = await readdir(real);
  for (const name of names.filter(each => !each.startsWith('.')).sort()) {
    await visit(walk, path === '' ? name : `${path}/${name}`, [...above, real]);
  }
}

type Found = {
  readonly path: string;
  readonly real: string;
  readonly size: number;
};

async function take(walk: Walk, { path, real, size }: Found): Promise<void> {
  if (!READ.test(path)) return;
  if (walk.files.length >= DEFINITION_LIMITS.files) {
    throw new SourceProblem([tooMany(path)]);
  }
  if (size > DEFINITION_LIMITS.fileCharacters * BYTES_PER_CHARACTER) {
    walk.problems.push(tooLarge(path, size));
    return;
  }
  walk.files.push({ path, text: await readFile(real, 'utf8') });
}

function leadsOut(path: string): DefinitionProblem {
  return {
    file: path,
    rule: 'outside-root',
    message: `"${path}" is a link that leads out of the folder of the definitions.`,
    remedy: 'Put the file itself there.',
  };
}

function tooMany(path: string): DefinitionProblem {
  return {
    file: path,
    rule: 'too-large',
    message: `There are more than ${DEFINITION_LIMITS.files} files.`,
    remedy: 'Name a folder that holds definitions only.',
  };
}

function tooLarge(path: string, size: number): DefinitionProblem {
  return {
    file: path,
    rule: 'too-large',
    message: `The file has ${size} bytes; ${DEFINITION_LIMITS.fileCharacters} characters are allowed.`,
    remedy: 'Split it into several files.',
  };
}
