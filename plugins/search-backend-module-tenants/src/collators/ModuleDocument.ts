// SPDX-License-Identifier: Apache-2.0
import type { IndexableDocument } from '@backstage/plugin-search-common';
import type { ModuleDetail } from '@tenantry/backstage-plugin-tenants-common';

/** Type of the documents about modules. No dash: the search plugin derives a table’s and a task’s name from it. */
export const MODULES_TYPE = 'tenantmodules';

/** A module as the search finds it: its description and its runbook. */
export interface ModuleDocument extends IndexableDocument {
  readonly name: string;
  readonly category: string;
  readonly owner: string;
  readonly lifecycle: string;
  readonly defaultRelease: string;
  /** `runbook` when the hit leads to the runbook. */
  readonly part: 'module' | 'runbook';
}

/** The documents of a module: itself, and its runbook where it has one. */
export function toModuleDocuments(module: ModuleDetail): ModuleDocument[] {
  const page = `/tenants/modules/m/${encodeURIComponent(module.name)}`;
  const facts = {
    name: module.name,
    category: module.category ?? '',
    owner: module.owner ?? '',
    lifecycle: module.lifecycle,
    defaultRelease: module.releases[0].version,
  };
  const provided = module.releases.flatMap(({ provides }) => provides);
  const itself: ModuleDocument = {
    ...facts,
    part: 'module',
    title: module.displayName,
    text: [module.name, module.description ?? '', ...new Set(provided)]
      .filter(word => word !== '')
      .join(' · '),
    location: page,
  };
  if (module.runbook === undefined) return [itself];
  const runbook: ModuleDocument = {
    ...facts,
    part: 'runbook',
    title: `Runbook of ${module.displayName}`,
    text: module.runbook,
    location: `${page}/runbook`,
  };
  return [itself, runbook];
}
