// SPDX-License-Identifier: Apache-2.0
import type { z as ZodV3 } from 'zod/v3';
import { applyInput } from './applyInput';

/** The input of `tenants:render`: what a tenant shall be, or what changes, and where its files go. */
export const renderInput = {
  ...applyInput,
  members: (z: typeof ZodV3) =>
    z
      .record(z.any(), {
        description:
          'Instead of environments: a change of members, with set (subject and role), remove (subjects) and, where not in all, environments.',
      })
      .optional(),
  decommission: (z: typeof ZodV3) =>
    z
      .record(z.any(), {
        description:
          'Instead of environments: removes what runs, in all environments or in those that environments names. Records are written as retained; namespaces and volume claims stay.',
      })
      .optional(),
  targetPath: (z: typeof ZodV3) =>
    z
      .string({
        description:
          'Folder in the workspace, and in the repository; left out: the root.',
      })
      .optional(),
};
