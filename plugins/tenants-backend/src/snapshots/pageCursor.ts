// SPDX-License-Identifier: Apache-2.0
import { InputError } from '@backstage/errors';
import type { TenantListQuery } from '@tenantry/backstage-plugin-tenants-common';
import { z } from 'zod';
import type { RowPosition } from './rowOrder';

const cursorSchema = z.tuple([
  z.string(),
  z.union([z.string(), z.number()]),
  z.string(),
]);

/** Writes down where a page ended. Opaque to clients. */
export function writePageCursor(
  sort: TenantListQuery['sort'],
  { key, name }: RowPosition,
): string {
  return Buffer.from(JSON.stringify([sort, key, name])).toString('base64url');
}

/** Reads where the next page begins. @throws InputError when it is not a cursor of this order */
export function readPageCursor(
  sort: TenantListQuery['sort'],
  cursor: string,
): RowPosition {
  const parsed = cursorSchema.safeParse(parseJson(cursor));
  if (!parsed.success || parsed.data[0] !== sort) {
    throw new InputError(
      `The query parameter 'cursor' is not one of this list sorted by ${sort}. Start again without it.`,
    );
  }
  return { key: parsed.data[1], name: parsed.data[2] };
}

function parseJson(cursor: string): unknown {
  try {
    return JSON.parse(Buffer.from(cursor, 'base64url').toString('utf8'));
  } catch {
    return undefined;
  }
}
