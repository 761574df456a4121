// SPDX-License-Identifier: Apache-2.0
import { z } from 'zod';
import {
  environmentSpecSchema,
  moduleChoiceSchema,
  SPEC_LIMITS,
  type EnvironmentSpec,
} from './tenantSpec';

/**
 * A change of one environment; unknown fields are refused, and what is left out stays as it is. {@link overlayEnvironment} applies it.
 *
 * @public
 */
export const environmentChangeSchema = z.strictObject({
  name: environmentSpecSchema.shape.name,
  tier: environmentSpecSchema.shape.tier.optional(),
  modules: z.array(moduleChoiceSchema).max(SPEC_LIMITS.modules).default([]),
  removeModules: z
    .array(z.string().max(63))
    .max(SPEC_LIMITS.modules)
    .default([]),
  expiresAt: environmentSpecSchema.shape.expiresAt,
});

/** What is to change of an environment that exists. @public */
export type EnvironmentChange = z.infer<typeof environmentChangeSchema>;

/**
 * An environment with changes: modules are added or replaced by name with their parameters laid over those they have, then those
 * to remove are left out; what is not named stays.
 *
 * @public
 */
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
