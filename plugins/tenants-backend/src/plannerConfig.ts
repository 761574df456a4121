// SPDX-License-Identifier: Apache-2.0
import type { Config } from '@backstage/config';
import { InputError } from '@backstage/errors';
import type { ChartSettings, RenderSettings } from './modules/manifests';

/** Where environment records are when nothing is configured. */
export const DEFAULT_SYSTEM_NAMESPACE = 'tenantry-system';
const DEFAULT_ROLES = ['admin', 'edit', 'view'];
const NAMESPACE = /^[a-z0-9]([-a-z0-9]{0,61}[a-z0-9])?$/;
const CHART_KINDS = ['flux', 'argocd'] as const;
const LEVELS = ['restricted', 'baseline'] as const;
const PULLS = ['always', 'asWritten'] as const;

/** Reads what the platform decides about every environment. @throws InputError that quotes the full key and says what is allowed */
export function readRenderSettings(
  root: Config,
  prefix: string,
): RenderSettings {
  const charts = root.getOptionalConfig('tenants.charts');
  const network = root.getOptionalConfig('tenants.networkPolicy');
  const pull = readWord(root, 'tenants.imagePull', PULLS);
  const optional = {
    objectLimits: readTexts(root, 'tenants.objectLimits'),
    allowedServiceTypes: root.getOptionalStringArray(
      'tenants.allowedServiceTypes',
    ),
    allowedKinds: root.getOptionalStringArray('tenants.allowedKinds'),
    ingressHosts: root.getOptionalStringArray('tenants.ingressHosts'),
  };
  return {
    labels: { prefix },
    ...(charts && { charts: readCharts(charts) }),
    allowedRoles:
      root.getOptionalStringArray('tenants.rbac.allowedRoles') ?? DEFAULT_ROLES,
    systemNamespace: readSystemNamespace(root),
    ...(network && { networkPolicy: readNetwork(network) }),
    podSecurity: readWord(root, 'tenants.podSecurity', LEVELS) ?? 'restricted',
    ...(pull && { imagePull: pull }),
    ...definedOnly(optional),
  };
}

/** The platform-owned namespace of environment records. */
export function readSystemNamespace(root: Config): string {
  const key = 'tenants.systemNamespace';
  const name = root.getOptionalString(key) ?? DEFAULT_SYSTEM_NAMESPACE;
  if (NAMESPACE.test(name)) return name;
  throw new InputError(
    `The configuration key ${key} must be the name of a namespace, such as ${DEFAULT_SYSTEM_NAMESPACE}.`,
  );
}

function readCharts(config: Config): ChartSettings {
  const kind = toWord(
    config.getString('kind'),
    'tenants.charts.kind',
    CHART_KINDS,
  );
  const text = (name: string) => config.getOptionalString(name);
  return {
    kind,
    source: config.getString('source'),
    ...definedOnly({
      pathTemplate: text('pathTemplate'),
      namespace: text('namespace'),
      project: text('project'),
      serviceAccount: text('serviceAccount'),
    }),
  };
}

function readNetwork(
  config: Config,
): NonNullable<RenderSettings['networkPolicy']> {
  const egress = config.getOptionalConfigArray('egress')?.map(one => ({
    cidr: one.getString('cidr'),
    ...definedOnly({
      except: one.getOptionalStringArray('except'),
      ports: one.getOptional<number[]>('ports'),
    }),
  }));
  return definedOnly({
    ingressNamespaces: config.getOptionalStringArray('ingressNamespaces'),
    dnsNamespace: config.getOptionalString('dnsNamespace'),
    dnsPorts: config.getOptional<number[]>('dnsPorts'),
    egress,
  });
}

function readTexts(
  root: Config,
  key: string,
): Readonly<Record<string, string>> | undefined {
  const config = root.getOptionalConfig(key);
  return (
    config &&
    Object.fromEntries(
      config.keys().map(name => [name, String(config.get(name))]),
    )
  );
}

function readWord<T extends string>(
  root: Config,
  key: string,
  allowed: readonly T[],
): T | undefined {
  const value = root.getOptionalString(key);
  return value === undefined ? undefined : toWord(value, key, allowed);
}

function toWord<T extends string>(
  value: string,
  key: string,
  allowed: readonly T[],
): T {
  const word = allowed.find(one => one === value);
  if (word !== undefined) return word;
  throw new InputError(
    `The configuration key ${key} must be one of ${allowed.join(
      ', ',
    )}; it is ${JSON.stringify(value)}.`,
  );
}

/** Without the members that are not set. */
function definedOnly<T extends object>(
  values: T,
): { readonly [K in keyof T]?: NonNullable<T[K]> } {
  const entries = Object.entries(values).filter(
    ([, value]) => value !== undefined,
  );
  return Object.fromEntries(entries) as {
    readonly [K in keyof T]?: NonNullable<T[K]>;
  };
}
