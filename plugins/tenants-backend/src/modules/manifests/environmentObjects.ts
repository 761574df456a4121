// SPDX-License-Identifier: Apache-2.0
import type {
  PlanNote,
  Refusal,
} from '@tenantry/backstage-plugin-tenants-common';
import type { RenderedObject } from '../RenderedObject';
import { renderLimitRange } from './limitRange';
import { renderNamespace } from './namespace';
import { renderNetworkPolicies } from './networkPolicies';
import { quotaHard, renderQuota } from './quota';
import type { RenderInput, RenderResult } from './RenderInput';
import { renderRoleBindings } from './roleBindings';
import { renderServiceAccounts } from './serviceAccounts';

/** Before every module. */
const ENVIRONMENT_WAVE = -1;
/** Without these a quota leaves a tenant free to take the cluster. */
const EXPECTED_QUOTA = ['cpu', 'memory'].flatMap(resource => [
  [`requests.${resource}`, resource],
  [`limits.${resource}`],
]);

/** What every environment is made of, in the order in which it must be applied: the same in each of its namespaces. */
export function renderEnvironmentObjects(input: RenderInput): RenderResult {
  const places = inEachNamespace(input);
  return {
    objects: places.flatMap(namespaceObjects),
    refusals: [
      ...renderRoleBindings(input).refusals,
      ...places.flatMap(foreignNamespace),
    ],
    notes: unlimited(input),
  };
}

/** The input as it is for each namespace, the others being the rest. */
function inEachNamespace(input: RenderInput): RenderInput[] {
  const all = [input.namespace, ...(input.moreNamespaces ?? [])];
  return all.map(namespace => ({
    ...input,
    namespace,
    moreNamespaces: all.filter(other => other !== namespace),
  }));
}

function namespaceObjects(input: RenderInput): RenderedObject[] {
  const manifests = [
    renderNamespace(input),
    renderQuota(input),
    renderLimitRange(input),
    ...renderNetworkPolicies(input),
    ...renderServiceAccounts(input),
    ...renderRoleBindings(input).objects,
  ];
  return manifests.map(manifest => ({ manifest, wave: ENVIRONMENT_WAVE }));
}

/** An environment must never be the platform's own namespace, whatever its name was made of. */
function foreignNamespace(input: RenderInput): Refusal[] {
  const { namespace, settings, spec } = input;
  if (namespace !== settings.systemNamespace) return [];
  return [
    {
      rule: 'invalid-name',
      environment: spec.name,
      subject: namespace,
      message: `The namespace ${namespace} is the platform’s own.`,
      chain: [input.tenant.name, spec.name, namespace],
      fixes: [{ label: 'Choose another name for the environment.' }],
    },
  ];
}

function unlimited(input: RenderInput): PlanNote[] {
  const hard = quotaHard(input.tier, input.settings);
  const missing = EXPECTED_QUOTA.filter(names => !names.some(n => n in hard));
  if (missing.length === 0) return [];
  return [
    {
      environment: input.spec.name,
      subject: input.spec.tier,
      kind: 'warning',
      message: `The tier ${input.spec.tier} does not limit ${missing
        .map(([name]) => name)
        .join(', ')}: an environment of it can use all the cluster has.`,
    },
  ];
}
