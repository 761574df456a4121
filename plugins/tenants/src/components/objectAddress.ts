// SPDX-License-Identifier: Apache-2.0
import {
  objectPathSchema,
  type ObjectRef,
} from '@tenantry/backstage-plugin-tenants-common';

/** An object of a tenant, with its cluster. */
export type ObjectPlace = ObjectRef & { readonly cluster: string };

/** Writes an object as the address names it: `cluster/Kind/namespace/name`. `undefined` for kinds that are not shown whole. */
export function objectAddress(place: {
  readonly cluster: string;
  readonly kind: string;
  readonly namespace: string;
  readonly name: string;
}): string | undefined {
  const { cluster, kind, namespace, name } = place;
  const isShown = objectPathSchema.safeParse(place).success;
  return isShown ? [cluster, kind, namespace, name].join('/') : undefined;
}

/** Reads it; `undefined` when it names none. */
export function parseObjectAddress(text: string): ObjectPlace | undefined {
  const [cluster, kind, namespace, name, ...rest] = text.split('/');
  const path = objectPathSchema.safeParse({ kind, namespace, name });
  if (!cluster || !path.success || rest.length > 0) return undefined;
  return { cluster, ...path.data };
}
