// SPDX-License-Identifier: Apache-2.0
import {
  moduleChoiceSchema,
  type EnvironmentSpec,
  type ModuleChoice,
} from '@tenantry/backstage-plugin-tenants-common';
import type { FixChange } from '../plan/PlanView';

function changeModule(
  spec: EnvironmentSpec,
  name: string,
  change: (module: ModuleChoice) => ModuleChoice,
): EnvironmentSpec {
  const known = spec.modules.some(module => module.name === name);
  const modules = known
    ? spec.modules
    : [...spec.modules, { name, parameters: {} }];
  return {
    ...spec,
    modules: modules.map(m => (m.name === name ? change(m) : m)),
  };
}

function setAt(
  values: Readonly<Record<string, unknown>>,
  [first, ...rest]: readonly string[],
  value: unknown,
): Record<string, unknown> {
  const inner = values[first];
  const record =
    typeof inner === 'object' && inner !== null && !Array.isArray(inner)
      ? Object.fromEntries(Object.entries(inner))
      : {};
  return {
    ...values,
    [first]: rest.length === 0 ? value : setAt(record, rest, value),
  };
}

/** What is asked for after a fix was taken over. Fixes of other environments, and those that change no spec, leave it as it is. */
export function applyFix(
  spec: EnvironmentSpec,
  change: FixChange,
): EnvironmentSpec {
  if (change.environment !== spec.name) return spec;
  switch (change.type) {
    case 'add-module':
      return changeModule(spec, change.module, module => ({
        ...module,
        ...(change.version === undefined ? {} : { version: change.version }),
      }));
    case 'remove-module': {
      const modules = spec.modules.filter(m => m.name !== change.module);
      return { ...spec, modules };
    }
    case 'set-version':
      return changeModule(spec, change.module, module => ({
        ...module,
        version: change.version,
      }));
    case 'set-tier':
      return { ...spec, tier: change.tier };
    case 'set-parameter':
      return changeModule(spec, change.module, module => {
        const path = change.path.split('.');
        const parameters = setAt(module.parameters, path, change.value);
        const parsed = moduleChoiceSchema.safeParse({ ...module, parameters });
        return parsed.success ? parsed.data : module;
      });
    case 'set-secret':
      return spec;
    default:
      return change satisfies never;
  }
}
