// SPDX-License-Identifier: Apache-2.0
import type { PlannedModule } from '../PlannedModule';
import type { RenderInput } from './RenderInput';

/** Label of the members of an ApplySet (KEP-3659). */
const APPLY_SET_LABEL = 'applyset.kubernetes.io/part-of';

/** Label that says who made an object. */
const MANAGED_BY_LABEL = 'app.kubernetes.io/managed-by';

/** Value of that label on what we make. */
const MANAGED_BY = 'tenantry';

const MAX_LABEL = 63;

/** Labels of every object that is an environment's own. */
export function environmentLabels(input: RenderInput): Record<string, string> {
  const { prefix } = input.settings.labels;
  return {
    [`${prefix}/tenant`]: input.tenant.name,
    [`${prefix}/environment`]: input.spec.name,
    [MANAGED_BY_LABEL]: MANAGED_BY,
    [APPLY_SET_LABEL]: input.applySetId,
  };
}

/** Labels of what runs for a module: on pods, and with those of an ApplySet's member on objects. */
export function workloadLabels(
  input: RenderInput,
  module: PlannedModule,
): Record<string, string> {
  const { prefix } = input.settings.labels;
  return {
    [`${prefix}/tenant`]: input.tenant.name,
    [`${prefix}/environment`]: input.spec.name,
    [`${prefix}/module`]: module.definition.name,
    [`${prefix}/release`]: releaseLabel(module.release.version),
  };
}

/** Labels of an object of a module. */
export function moduleLabels(
  input: RenderInput,
  module: PlannedModule,
): Record<string, string> {
  return { ...environmentLabels(input), ...workloadLabels(input, module) };
}

/** A version as a label's value: build metadata is joined by a dash, what is too long is cut. */
function releaseLabel(version: string): string {
  return version
    .replace(/[^A-Za-z0-9._-]/g, '-')
    .slice(0, MAX_LABEL)
    .replace(/[^A-Za-z0-9]+$/, '');
}
