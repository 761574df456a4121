// SPDX-License-Identifier: Apache-2.0
import type {
  PlanFix,
  Refusal,
} from '@tenantry/backstage-plugin-tenants-common';
import type { ResolvedRelease } from './resolveModules';
import { withoutStop } from './withoutStop';

/** A secret to make because nobody has set it. */
export type SecretToMake = {
  readonly name: string;
  readonly keys: readonly string[];
  readonly module: string;
};

/** The one key under which a secret’s value stands. */
export const SECRET_KEY = 'value';

/** Where secrets are to be. */
export type SecretPlace = {
  readonly environment: string;
  /** A secret can be set only where its namespace is there. */
  readonly isThere: boolean;
};

/** Which secrets the modules need that are not there: those we make, and those a person has to set first. */
export function checkSecrets(
  modules: readonly Pick<
    ResolvedRelease,
    'module' | 'release' | 'requiredBy'
  >[],
  there: ReadonlySet<string>,
  place: SecretPlace,
): {
  readonly refusals: readonly Refusal[];
  readonly generated: readonly SecretToMake[];
} {
  const refusals: Refusal[] = [];
  const generated = new Map<string, SecretToMake>();
  for (const { module, release, requiredBy } of modules) {
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
          environment: place.environment,
          subject: secret.name,
          message: `${module.name} ${release.version} needs the secret ${
            secret.name
          }${
            secret.description ? ` (${withoutStop(secret.description)})` : ''
          }, which is not set in ${place.environment}.`,
          chain: [`${module.name} ${release.version}`, secret.name],
          fixes: [
            place.isThere
              ? setFix(secret.name, place)
              : laterFix(
                  secret.name,
                  { module: module.name, requiredBy },
                  place,
                ),
          ],
        });
      }
    }
  }
  return { refusals, generated: [...generated.values()] };
}

function setFix(secret: string, { environment }: SecretPlace): PlanFix {
  return {
    label: `Set the secret ${secret}.`,
    effect:
      'It is written straight into the environment’s namespace and never shown.',
    change: { type: 'set-secret', environment, secret },
  };
}

/** Leaving out is a change of what is asked for only where no other module brings it in again. */
function laterFix(
  secret: string,
  needs: { readonly module: string; readonly requiredBy: readonly string[] },
  { environment }: SecretPlace,
): PlanFix {
  const { module, requiredBy } = needs;
  return {
    label: `Make ${environment} without ${module}, set the secret ${secret}, then add ${module}.`,
    effect: `A secret is written into the environment’s namespace, which is not there yet.`,
    ...(requiredBy.length === 0 && {
      change: { type: 'remove-module', environment, module },
    }),
  };
}
