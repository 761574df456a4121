// SPDX-License-Identifier: Apache-2.0
import type { Config } from '@backstage/config';
import { InputError } from '@backstage/errors';
import type { ApplyMode } from './composeOperations';
import { ACCESS_MODES, type AccessMode } from './clusters/chooseAccess';
import {
  DEFAULT_LABEL_PREFIX,
  TENANCY_PRESETS,
  type TenancyPreset,
} from './tenancy/presets';
import type { ClusterTrust } from './tenancy/TenantGroup';

/** How one cluster is treated. */
type ClusterConfig = {
  readonly trust: ClusterTrust;
  /** Watched one by one; absent: the whole cluster at once. */
  readonly namespaces?: readonly string[];
};

/** Configuration of the plugin. */
export type TenantsConfig = {
  readonly labels: {
    readonly preset: TenancyPreset;
    readonly prefix: string;
  };
  readonly kubernetes: {
    /** How the portal’s Kubernetes plugin is reached. */
    readonly access: AccessMode;
  };
  /** How what is planned gets to the clusters. */
  readonly apply: ApplyMode;
  /** Nothing is ever written to a cluster. */
  readonly readOnly: boolean;
  /** By name in the portal’s Kubernetes plugin. Clusters that are not named have the defaults. */
  readonly clusters: ReadonlyMap<string, ClusterConfig>;
};

/** What holds for a cluster that is not named in the configuration. */
export const DEFAULT_CLUSTER_CONFIG: ClusterConfig = {
  trust: 'authoritative',
};

const APPLY_MODES: readonly ApplyMode[] = ['direct', 'pull-request'];
const TRUSTS: readonly ClusterTrust[] = ['authoritative', 'member'];
/** Namespaces of one cluster that are watched one by one. */
const MAX_NAMESPACES = 50;
const NAMESPACE = /^[a-z0-9]([-a-z0-9]{0,61}[a-z0-9])?$/;
const LABEL_PREFIX = /^[a-z0-9]([-a-z0-9.]{0,251}[a-z0-9])?$/;

/** Reads `tenants`. @throws InputError that quotes the full key and says what is allowed */
export function readTenantsConfig(root: Config): TenantsConfig {
  const preset = readWord(root, 'tenants.labels.preset', TENANCY_PRESETS);
  return Object.freeze({
    labels: { preset: preset ?? 'tenantry', prefix: readPrefix(root) },
    kubernetes: { access: readAccess(root) },
    apply: readWord(root, 'tenants.apply', APPLY_MODES) ?? 'direct',
    readOnly: root.getOptionalBoolean('tenants.readOnly') ?? false,
    clusters: readClusters(root),
  });
}

function readAccess(root: Config): AccessMode {
  return readWord(root, 'tenants.kubernetes.access', ACCESS_MODES) ?? 'auto';
}

function readPrefix(root: Config): string {
  const key = 'tenants.labels.prefix';
  const prefix = root.getOptionalString(key) ?? DEFAULT_LABEL_PREFIX;
  if (!LABEL_PREFIX.test(prefix)) {
    throw new InputError(
      `The configuration key ${key} must be a DNS name such as ${DEFAULT_LABEL_PREFIX}.`,
    );
  }
  return prefix;
}

function readClusters(root: Config): ReadonlyMap<string, ClusterConfig> {
  const clusters = root.getOptionalConfig('tenants.clusters');
  return new Map(
    (clusters?.keys() ?? []).map(name => {
      const config = clusters?.getConfig(name);
      return [name, readCluster(config, `tenants.clusters.${name}`)];
    }),
  );
}

function readCluster(config: Config | undefined, at: string): ClusterConfig {
  if (!config) return DEFAULT_CLUSTER_CONFIG;
  const trust = config.getOptionalString('trust');
  const namespaces = readNamespaces(config, `${at}.namespaces`);
  return {
    trust: toWord(trust, `${at}.trust`, TRUSTS) ?? DEFAULT_CLUSTER_CONFIG.trust,
    ...(namespaces ? { namespaces } : {}),
  };
}

function readNamespaces(
  config: Config,
  key: string,
): readonly string[] | undefined {
  const names = config.getOptionalStringArray('namespaces');
  if (!names) return undefined;
  if (names.length === 0 || names.length > MAX_NAMESPACES) {
    throw new InputError(
      `The configuration key ${key} must name 1 to ${MAX_NAMESPACES} namespaces; it names ${names.length}. Leave it out to watch the whole cluster.`,
    );
  }
  const wrong = names.find(name => !NAMESPACE.test(name));
  if (wrong !== undefined) {
    throw new InputError(
      `The configuration key ${key} must hold names of namespaces: lower-case letters, digits and "-", at most 63. ${JSON.stringify(
        wrong,
      )} is none.`,
    );
  }
  const twice = names.find((name, i) => names.indexOf(name) !== i);
  if (twice !== undefined) {
    throw new InputError(
      `The configuration key ${key} names "${twice}" twice.`,
    );
  }
  return names;
}

function readWord<T extends string>(
  root: Config,
  key: string,
  allowed: readonly T[],
): T | undefined {
  return toWord(root.getOptionalString(key), key, allowed);
}

function toWord<T extends string>(
  value: string | undefined,
  key: string,
  allowed: readonly T[],
): T | undefined {
  if (value === undefined) return undefined;
  const word = allowed.find(candidate => candidate === value);
  if (word === undefined) {
    throw new InputError(
      `The configuration key ${key} must be one of ${allowed.join(
        ', ',
      )}; it is ${JSON.stringify(value)}.`,
    );
  }
  return word;
}
