// SPDX-License-Identifier: Apache-2.0
import type { ModuleCatalogue } from '@tenantry/backstage-plugin-tenants-node/definitions';
import type { EnvironmentRecord } from '../../records/EnvironmentRecord';

/** A secret that modules of an environment name. */
export type DeclaredSecret = {
  readonly name: string;
  readonly required: boolean;
  /** Modules of the environment, sorted. */
  readonly usedBy: readonly string[];
};

/** The secrets that the releases of an environment name, by name. */
export function declaredSecrets(
  { releases }: Pick<EnvironmentRecord, 'releases'>,
  { modules }: ModuleCatalogue,
): readonly DeclaredSecret[] {
  const found = new Map<string, DeclaredSecret>();
  for (const [module, { version }] of Object.entries(releases).sort()) {
    const release = modules
      .get(module)
      ?.releases.find(one => one.version === version);
    for (const { name, required } of release?.secrets ?? []) {
      const known = found.get(name);
      found.set(name, {
        name,
        required: required || (known?.required ?? false),
        usedBy: [...(known?.usedBy ?? []), module],
      });
    }
  }
  return [...found.values()].sort((a, b) => (a.name < b.name ? -1 : 1));
}

/** Whether any release of any module names a secret so: one is set before the module that needs it is added. */
export function isDeclaredAnywhere(
  name: string,
  { modules }: ModuleCatalogue,
): boolean {
  return [...modules.values()].some(({ releases }) =>
    releases.some(({ secrets }) => secrets.some(one => one.name === name)),
  );
}
