// SPDX-License-Identifier: Apache-2.0
import type { z as ZodV3 } from 'zod/v3';

/** The input of the actions that say what a tenant shall be. Its inside is checked by the wire’s own schema, which says what is wrong by name. */
export const applyInput = {
  tenant: (z: typeof ZodV3) => z.string({ description: 'Name of the tenant.' }),
  owner: (z: typeof ZodV3) =>
    z
      .string({
        description:
          'Entity reference of the group or user that owns it. Left out, the owner it has is kept.',
      })
      .optional(),
  environments: (z: typeof ZodV3) =>
    z
      .array(z.record(z.any()), {
        description:
          'Environments as they shall be, each with name, cluster, tier, modules and members.',
      })
      .optional(),
  changes: (z: typeof ZodV3) =>
    z
      .array(z.record(z.any()), {
        description:
          'Instead of environments: changes of environments that exist, each with name, and any of tier, modules (added or replaced by name) and removeModules.',
      })
      .optional(),
};
