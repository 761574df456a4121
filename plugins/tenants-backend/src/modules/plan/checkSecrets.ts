// SPDX-License-Identifier: Apache-2.0
import type { Refusal } from '@tenantry/backstage-plugin-tenants-common';
import type { ResolvedRelease } from './resolveModules';

/** A secret to make because nobody has set it. */
export type SecretToMake = {
  readonly name: string;
  readonly keys: readonly string[];
  readonly module: string;
};

/** The one key under which a secret’s value stands. */
export const SECRET_KEY = 'value';

/** Which secrets the modules need that are not there: those we make, and those a person has to set first. */
export function checkSecrets(
  modules: readonly Pick<ResolvedRelease, 'module' | 'release'>[],
  there: ReadonlySet<string>,
  environment: string,
): {
  readonly refusals: readonly Refusal[];
  readonly generated: readonly SecretToMake[];
} {
  const refusals: Refusal[] = [];
  const generated = new Map<string, SecretToMake>();
  for (const { module, release } of modules) {
    for (const secret of release.secrets) {
      if (there.has(secret.name) || generated.has(secret.name)) continue;
      if (secret.generate) {
        generated.set(secret.name, {
          name: secret.name,
          keys: [SECRET_KEY],
          module: module.name,
        });
      } else if (secret.required) {
        refusals.push({
          rule: 'secret-missing',
          environment,
          subject: secret.name,
          message: `${module.name} ${release.version} needs the secret ${
            secret.name
          }${
            secret.description ? ` (${secret.description})` : ''
          }, which is not set in ${environment}.`,
          chain: [`${module.name} ${release.version}`, secret.name],
          fixes: [
            {
              label: `Set the secret ${secret.name}.`,
              effect:
                'It is written straight into the environment’s namespace and never shown.',
              change: {
                type: 'set-secret',
                environment,
                secret: secret.name,
              },
            },
          ],
        });
      }
    }
  }
  return { refusals, generated: [...generated.values()] };
}
