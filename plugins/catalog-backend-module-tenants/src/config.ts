// SPDX-License-Identifier: Apache-2.0
import {
  readSchedulerServiceTaskScheduleDefinitionFromConfig,
  type SchedulerServiceTaskScheduleDefinition,
} from '@backstage/backend-plugin-api';
import { parseEntityRef, stringifyEntityRef } from '@backstage/catalog-model';
import type { Config } from '@backstage/config';
import { InputError } from '@backstage/errors';

/** How tenants, modules and templates get into the catalogue. */
export type TenantsCatalogConfig = {
  readonly schedule: SchedulerServiceTaskScheduleDefinition;
  readonly defaultOwner: string;
  /** Where the portal's pages are, without a slash at the end. */
  readonly appUrl: string;
  /** System that tenants and modules are part of; `undefined`: none. */
  readonly system: string | undefined;
  /** Entity of each cluster that has one. */
  readonly clusterEntities: ReadonlyMap<string, string>;
  /** Whether the stock Kubernetes tab shall work on tenants too. */
  readonly kubernetesAnnotations: boolean;
  readonly labelPrefix: string;
  /** Whether the templates are added. */
  readonly templates: boolean;
  /** Owner of the templates. */
  readonly templateOwner: string;
  /** The action that opens pull requests, and where; `undefined`: templates apply directly. */
  readonly pullRequest:
    | { readonly action: string; readonly repoUrl: string }
    | undefined;
};

const KEY = 'catalog.providers.tenants';
const DEFAULT_SCHEDULE: SchedulerServiceTaskScheduleDefinition = {
  frequency: { minutes: 1 },
  timeout: { minutes: 1 },
  initialDelay: { seconds: 5 },
  scope: 'global',
};

/** Reads `catalog.providers.tenants`, and from `app.baseUrl` where links lead. @throws InputError that quotes the full key */
export function readTenantsCatalogConfig(root: Config): TenantsCatalogConfig {
  const config = root.getOptionalConfig(KEY);
  const schedule = config?.getOptionalConfig('schedule');
  const defaultOwner = config?.getOptionalString('defaultOwner') ?? 'unknown';
  const pullRequest = config?.getOptionalConfig('pullRequest');
  return Object.freeze({
    appUrl: root.getString('app.baseUrl').replace(/\/+$/, ''),
    schedule: schedule
      ? readSchedulerServiceTaskScheduleDefinitionFromConfig(schedule)
      : DEFAULT_SCHEDULE,
    defaultOwner,
    system: readRef(config, 'system', 'System'),
    clusterEntities: readClusterEntities(config),
    kubernetesAnnotations:
      root.getOptionalBoolean('tenants.catalog.kubernetesAnnotations') ?? false,
    labelPrefix:
      root.getOptionalString('tenants.labels.prefix') ?? 'tenantry.dev',
    templates: config?.getOptionalBoolean('templates') ?? true,
    templateOwner:
      root.getOptionalStringArray('tenants.policy.platformTeam')?.[0] ??
      defaultOwner,
    pullRequest: pullRequest && {
      action: pullRequest.getString('action'),
      repoUrl: pullRequest.getString('repoUrl'),
    },
  });
}

function readClusterEntities(
  config: Config | undefined,
): ReadonlyMap<string, string> {
  const clusters = config?.getOptionalConfig('clusterEntities');
  return new Map(
    (clusters?.keys() ?? []).map(name => [
      name,
      readRef(clusters, name, 'Resource') ?? '',
    ]),
  );
}

function readRef(
  config: Config | undefined,
  key: string,
  defaultKind: string,
): string | undefined {
  const text = config?.getOptionalString(key);
  if (text === undefined) return undefined;
  try {
    return stringifyEntityRef(
      parseEntityRef(text, { defaultKind, defaultNamespace: 'default' }),
    );
  } catch {
    throw new InputError(
      `The configuration key ${KEY}.${key} must be an entity reference such as ${defaultKind.toLocaleLowerCase(
        'en-US',
      )}:default/name; it is ${JSON.stringify(text)}.`,
    );
  }
}
