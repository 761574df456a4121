// SPDX-License-Identifier: Apache-2.0
import { basename, dirname } from 'node:path';
import type { DefinitionFile } from '../DefinitionFile';
import { definitionReferences } from '../files/definitionReferences';
import { missing, readFolder } from './readFolder';
import { SourceProblem } from './SourceProblem';

/**
 * Reads all definitions in a folder and below it, with their manifests and runbooks.
 *
 * @throws SourceProblem when it is missing, a link leads out of it, or there is too much
 * @public
 */
export function readDefinitionsFolder(
  folder: string,
  signal: AbortSignal,
): Promise<readonly DefinitionFile[]> {
  return readFolder(folder, [''], signal);
}

/**
 * Reads one file of definitions, with the manifests and runbooks that it refers to beside it or below.
 *
 * @throws SourceProblem as {@link readDefinitionsFolder} does
 * @public
 */
export async function readDefinitionsFile(
  file: string,
  signal: AbortSignal,
): Promise<readonly DefinitionFile[]> {
  const folder = dirname(file);
  const path = basename(file);
  const [entry] = await readFolder(folder, [path], signal);
  if (!entry) throw new SourceProblem([missing(path)]);
  const references = definitionReferences(path, entry.text);
  const others = await readFolder(folder, references, signal);
  return [entry, ...others.filter(other => other.path !== path)];
}
