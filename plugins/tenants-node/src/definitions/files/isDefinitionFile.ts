// SPDX-License-Identifier: Apache-2.0
import type { DefinitionFile } from '../DefinitionFile';
import { isYaml } from './FileSet';

/**
 * Whether a file holds definitions. Files directly in the folder do, unless they are Kubernetes objects; below, those that say so by their
 * `apiVersion`. All others are read only where a definition refers to them.
 */
export function isDefinitionFile({ path, text }: DefinitionFile): boolean {
  if (!isYaml(path)) return false;
  if (/^\s*["']?apiVersion["']?:\s*["']?tenantry\.dev\//m.test(text))
    return true;
  return !path.includes('/') && !/^["']?kind["']?:/m.test(text);
}
