// SPDX-License-Identifier: Apache-2.0
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { resolvePackagePath } from '@backstage/backend-plugin-api';
import type { Entity } from '@backstage/catalog-model';
import { parse } from 'yaml';
import { z } from 'zod';
import type { TenantsCatalogConfig } from '../config';
import { locationAnnotations } from '../entityBasics';

const FOLDER = resolvePackagePath(
  '@tenantry/backstage-plugin-catalog-backend-module-tenants',
  'templates',
);

const stepsSchema = z.object({
  steps: z
    .array(
      z.object({ input: z.record(z.string(), z.json()) }).catchall(z.json()),
    )
    .min(1),
});

/** The templates that come with the package, by file. */
const DIRECT = [
  'create-tenant',
  'add-module',
  'upgrade-module',
  'change-tier',
  'manage-members',
  'decommission-tenant',
];

/** Templates whose pull request deletes files. All have a twin that opens one, in a folder of its own. */
const DELETING: readonly string[] = ['decommission-tenant'];

/** Actions that delete what their input `filesToDelete` names, beside writing files. With GitLab’s all files of a request are either written or deleted. */
const DELETING_ACTIONS: readonly string[] = ['publish:github:pull-request'];

/** The templates as entities, owned by whom the configuration says. */
export function loadTemplates({
  templates,
  templateOwner,
  pullRequest,
}: Pick<
  TenantsCatalogConfig,
  'templates' | 'templateOwner' | 'pullRequest'
>): Entity[] {
  if (!templates) return [];
  const entities = DIRECT.map(name => load(name, templateOwner));
  if (!pullRequest) return entities;
  const canDelete = DELETING_ACTIONS.includes(pullRequest.action);
  const twins = DIRECT.flatMap((name, at) =>
    canDelete || !DELETING.includes(name)
      ? [withPullRequest(loadTwin(name, entities[at]), pullRequest)]
      : [],
  );
  return [...entities, ...twins];
}

/** It asks for what the direct template asks for. */
function loadTwin(name: string, { spec }: Entity): Entity {
  const entity = load(`pull-request/${name}`, String(spec?.owner));
  return {
    ...entity,
    spec: { ...entity.spec, parameters: spec?.parameters },
  };
}

function load(name: string, owner: string): Entity {
  const entity: Entity = parse(
    readFileSync(join(FOLDER, `${name}.yaml`), 'utf8'),
  );
  return {
    ...entity,
    metadata: {
      ...entity.metadata,
      annotations: locationAnnotations(`tenants-modules:${name}`),
    },
    spec: { ...entity.spec, owner },
  };
}

/** The last step opens the pull request, by the action the portal has for it. */
function withPullRequest(
  entity: Entity,
  { action, repoUrl }: NonNullable<TenantsCatalogConfig['pullRequest']>,
): Entity {
  const { steps } = stepsSchema.parse(entity.spec);
  const last = steps[steps.length - 1];
  const opening = { ...last, action, input: { ...last.input, repoUrl } };
  return {
    ...entity,
    spec: { ...entity.spec, steps: [...steps.slice(0, -1), opening] },
  };
}
