// SPDX-License-Identifier: Apache-2.0
import {
  parseQuantity,
  type Tier,
} from '@tenantry/backstage-plugin-tenants-common';
import type { KubeManifest } from '@tenantry/backstage-plugin-tenants-node';
import { environmentLabels } from './objectLabels';
import type { RenderInput } from './RenderInput';

type Amounts = Readonly<Record<string, string>>;

/** What a container gets that says nothing, where the tier says nothing. A quota on a resource refuses pods without it. */
const DEFAULTS: Readonly<Record<string, { limit: string; request: string }>> = {
  cpu: { limit: '500m', request: '50m' },
  memory: { limit: '256Mi', request: '64Mi' },
};
const EPHEMERAL = { limit: '1Gi', request: '128Mi' };

/** The defaults and bounds of a container in an environment of a tier. */
export type ContainerLimits = {
  readonly default: Amounts;
  readonly defaultRequest: Amounts;
  readonly max?: Amounts;
  readonly min?: Amounts;
};

/** Completes a tier's limits so that a container that says nothing is admitted: every default lies within the tier's bounds. */
export function containerLimits(tier: Tier): ContainerLimits {
  const said = tier.limits ?? {};
  const missing = Object.entries(wantedDefaults(tier));
  const limit = { ...said.default };
  const request = { ...said.defaultRequest };
  for (const [resource, value] of missing) {
    const bounds = { min: said.min?.[resource], max: said.max?.[resource] };
    limit[resource] ??= greatest([
      within(value.limit, bounds),
      request[resource],
    ]);
    request[resource] ??= smallest([
      within(value.request, bounds),
      limit[resource],
    ]);
  }
  return {
    default: limit,
    defaultRequest: request,
    ...(said.max && { max: said.max }),
    ...(said.min && { min: said.min }),
  };
}

function wantedDefaults(tier: Tier) {
  const limitsEphemeral = Object.keys(tier.quota).some(name =>
    name.endsWith('ephemeral-storage'),
  );
  return limitsEphemeral
    ? { ...DEFAULTS, 'ephemeral-storage': EPHEMERAL }
    : DEFAULTS;
}

function within(value: string, bounds: { min?: string; max?: string }) {
  return smallest([greatest([value, bounds.min]), bounds.max]);
}

function greatest(values: readonly (string | undefined)[]): string {
  return ordered(values).at(-1) ?? '0';
}

function smallest(values: readonly (string | undefined)[]): string {
  return ordered(values)[0] ?? '0';
}

function ordered(values: readonly (string | undefined)[]): string[] {
  return values
    .filter(value => value !== undefined)
    .sort((a, b) => (parseQuantity(a) ?? 0) - (parseQuantity(b) ?? 0));
}

/** The LimitRange of an environment. */
export function renderLimitRange(input: RenderInput): KubeManifest {
  return {
    apiVersion: 'v1',
    kind: 'LimitRange',
    metadata: {
      name: `${input.namespace}-limits`,
      namespace: input.namespace,
      labels: environmentLabels(input),
    },
    spec: { limits: [{ type: 'Container', ...containerLimits(input.tier) }] },
  };
}
