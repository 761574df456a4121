// SPDX-License-Identifier: Apache-2.0
import type { Category } from '@tenantry/backstage-plugin-tenants-common';
import type { CategorySource } from '../schema/fileSchema';
import type { Draft } from './Drafts';

/** A category as the catalogue holds it. */
export function toCategory({ name, source }: Draft<CategorySource>): Category {
  const { name: displayName = name, ...rest } = source;
  return { name, displayName, ...rest };
}
