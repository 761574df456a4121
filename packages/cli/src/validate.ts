// SPDX-License-Identifier: Apache-2.0
import { stat } from 'node:fs/promises';
import { dirname, join, relative, resolve } from 'node:path';
import type { DefinitionProblem } from '@tenantry/backstage-plugin-tenants-common';
import {
  parseDefinitions,
  readDefinitionsFile,
  readDefinitionsFolder,
  SourceProblem,
  type DefinitionFile,
  type ModuleCatalogue,
  type ParseOptions,
} from '@tenantry/backstage-plugin-tenants-node/definitions';

/** What became of one path. */
export type ValidatedPath = {
  readonly path: string;
  /** With files as they are named from the working folder. */
  readonly problems: readonly DefinitionProblem[];
  /** `undefined` when there are problems. */
  readonly catalogue?: ModuleCatalogue;
};

/** Checks each path as a catalogue of its own. */
export function validate(
  paths: readonly string[],
  options: ParseOptions = {},
): Promise<readonly ValidatedPath[]> {
  return Promise.all(paths.map(path => validatePath(path, options)));
}

async function validatePath(
  path: string,
  options: ParseOptions,
): Promise<ValidatedPath> {
  const found = await stat(path).catch(() => undefined);
  const isFolder = found?.isDirectory() ?? false;
  const root = isFolder ? path : dirname(path);
  try {
    const { problems, catalogue } = parseDefinitions(
      await read(path, isFolder),
      options,
    );
    return { path, problems: fromHere(problems, root), catalogue };
  } catch (error) {
    if (!(error instanceof SourceProblem)) throw error;
    return { path, problems: fromHere(error.problems, root) };
  }
}

function read(
  path: string,
  isFolder: boolean,
): Promise<readonly DefinitionFile[]> {
  const { signal } = new AbortController();
  const place = resolve(path);
  return isFolder
    ? readDefinitionsFolder(place, signal)
    : readDefinitionsFile(place, signal);
}

function fromHere(
  problems: readonly DefinitionProblem[],
  root: string,
): DefinitionProblem[] {
  return problems.map(problem => ({
    ...problem,
    file: relative('.', join(root, problem.file)),
  }));
}
