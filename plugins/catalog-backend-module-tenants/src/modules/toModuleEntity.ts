// SPDX-License-Identifier: Apache-2.0
import type { Entity } from '@backstage/catalog-model';
import type { ModuleSummary } from '@tenantry/backstage-plugin-tenants-common';
import type { TenantsCatalogConfig } from '../config';
import { locationAnnotations, toTags } from '../entityBasics';

/** Of their own, so that a module never takes the place of a component of the same name. */
const NAMESPACE = 'tenant-modules';
/** Names the module definition that an entity stands for. */
const ANNOTATION_MODULE = 'tenantry.dev/module';

/** Links of a definition that its entity has; the module's page has all. */
const MAX_LINKS = 10;

/** The reference of a module's entity. */
export function moduleEntityRef(name: string): string {
  return `component:${NAMESPACE}/${name}`;
}

/**
 * A module definition as a catalogue entity: what may run, who owns it and what it needs. Who runs it stays out: that changes
 * often, and not everybody may know.
 */
export function toModuleEntity(
  module: ModuleSummary,
  {
    defaultOwner,
    appUrl,
    system,
    modules,
  }: Pick<TenantsCatalogConfig, 'defaultOwner' | 'appUrl' | 'system'> & {
    /** Modules that have a definition. */
    readonly modules: ReadonlySet<string>;
  },
): Entity {
  const { name, displayName, description, owner, lifecycle } = module;
  const { links = [] } = module;
  const dependsOn = module.requires
    .filter(required => modules.has(required))
    .map(moduleEntityRef);
  return {
    apiVersion: 'backstage.io/v1alpha1',
    kind: 'Component',
    metadata: {
      name,
      namespace: NAMESPACE,
      title: displayName,
      ...(description === undefined ? {} : { description }),
      annotations: {
        ...locationAnnotations(`tenants-modules:${name}`),
        [ANNOTATION_MODULE]: name,
      },
      tags: toTags([module.category]),
      links: [
        {
          url: `${appUrl}/tenants/modules/m/${name}`,
          title: 'Releases, runbook and who runs it',
          icon: 'dashboard',
        },
        ...links.slice(0, MAX_LINKS),
      ],
    },
    spec: {
      type: 'tenant-module',
      lifecycle,
      owner: owner ?? defaultOwner,
      ...(system === undefined ? {} : { system }),
      ...(dependsOn.length > 0 ? { dependsOn } : {}),
    },
  };
}
