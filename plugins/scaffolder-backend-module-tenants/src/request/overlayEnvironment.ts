// SPDX-License-Identifier: Apache-2.0
import type { EnvironmentSpec } from '@tenantry/backstage-plugin-tenants-common';
import type { EnvironmentChange } from './TenantInput';

/** An environment with changes: modules are added or replaced by name, then those to remove are left out; what is not named stays. */
export function overlayEnvironment(
  current: EnvironmentSpec,
  { tier, modules, removeModules, expiresAt }: EnvironmentChange,
): EnvironmentSpec {
  const byName = new Map(current.modules.map(module => [module.name, module]));
  for (const wanted of modules) {
    const before = byName.get(wanted.name);
    byName.set(wanted.name, {
      ...before,
      ...wanted,
      parameters: { ...before?.parameters, ...wanted.parameters },
    });
  }
  for (const name of removeModules) byName.delete(name);
  return {
    ...current,
    modules: [...byName.values()],
    ...(tier === undefined ? {} : { tier }),
    ...(expiresAt === undefined ? {} : { expiresAt }),
  };
}
