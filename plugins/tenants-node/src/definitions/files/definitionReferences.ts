// SPDX-License-Identifier: Apache-2.0
import type { JsonValue } from '../ModuleCatalogue';
import { readYaml } from '../yaml/readYaml';
import { resolveReference } from './resolveReference';

/** What is looked for at most in one file. */
const MAX_REFERENCES = 500;

/**
 * The files and folders that a definitions file refers to (`manifests`, and `runbook` where it is a path), as paths inside the source.
 * For sources that are told of one file and must know what else to read. Mistakes are left to `parseDefinitions`.
 *
 * @public
 */
export function definitionReferences(path: string, text: string): string[] {
  const found = new Set<string>();
  for (const { value } of readYaml(text).documents) {
    for (const reference of referencesOf(value)) {
      const resolved = resolveReference(path, reference);
      if (resolved.ok && found.size < MAX_REFERENCES) found.add(resolved.path);
    }
  }
  return [...found];
}

function* referencesOf(file: JsonValue | undefined): Iterable<string> {
  for (const module of membersOf(memberOf(file, 'modules'))) {
    const runbook = memberOf(module, 'runbook');
    if (typeof runbook === 'string' && isRunbookPath(runbook)) yield runbook;
    const releases = membersOf(memberOf(module, 'releases'));
    for (const release of [module, ...releases]) {
      const manifests = memberOf(release, 'manifests');
      if (typeof manifests === 'string') yield manifests;
    }
  }
}

/** Whether a runbook is the path of a file instead of Markdown. */
export function isRunbookPath(runbook: string): boolean {
  return /^\.\/[^\s]+\.md$/.test(runbook.trim());
}

function memberOf(value: unknown, name: string): unknown {
  if (typeof value !== 'object' || value === null) return undefined;
  return Object.hasOwn(value, name) ? Reflect.get(value, name) : undefined;
}

function membersOf(value: unknown): unknown[] {
  return typeof value === 'object' && value !== null
    ? Object.values(value)
    : [];
}
