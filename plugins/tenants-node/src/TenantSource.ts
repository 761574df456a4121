// SPDX-License-Identifier: Apache-2.0
import { createExtensionPoint } from '@backstage/backend-plugin-api';

/**
 * A namespace as a tenant source sees it. Shared: never change it.
 *
 * @public
 */
export type SourceNamespace = {
  /** The cluster’s name in the portal. */
  readonly cluster: string;
  readonly name: string;
  readonly labels: Readonly<Record<string, string>>;
  /** Those of at most 1,024 characters. */
  readonly annotations: Readonly<Record<string, string>>;
};

/**
 * What a source knows of a namespace. What it leaves out is read from the namespace’s own labels and annotations.
 *
 * @public
 */
export type TenantClaim = {
  /** An RFC 1123 label of at most 40 characters that is not reserved; any other puts the namespace in no tenant. */
  readonly tenant: string;
  /** The value of a label; anything else counts as left out. */
  readonly environment?: string;
  /** The value of a label; anything else counts as left out. */
  readonly tier?: string;
  /** Entity reference, such as `group:default/team-a`; anything else is no owner. */
  readonly owner?: string;
};

/**
 * A way to tell which tenant a namespace belongs to, other than the configured labels.
 *
 * @public
 */
export interface TenantSource {
  /** Names the source in problems and in the order in which sources are asked. Unique; letters, digits and dashes. */
  readonly id: string;
  /**
   * What the source knows of a namespace; `undefined` when nothing. Asked often, so it answers at once and from memory, and
   * every replica of the backend must come to the same answer. When it throws, the namespace stays where it was.
   */
  claimOf(namespace: SourceNamespace): TenantClaim | undefined;
  /** Calls back when answers may have changed; every namespace is then asked about again. Returns the way to stop. Left out by a source whose answers depend on the namespace only. */
  onChange?(listener: () => void): () => void;
}

/**
 * How a source and the configured labels go together: an additional source is asked about namespaces that the labels put in no
 * tenant; an alternative one takes the labels’ place, and there can be only one.
 *
 * @public
 */
export type TenantSourceRole = 'additional' | 'alternative';

/** What {@link tenantsTenantSourceExtensionPoint} gives to a backend module, to add sources with. @public */
export interface TenantSourceExtension {
  /** Adds a source; `additional` when no role is given. @throws Error when its id is taken or is none, or when it would be a second alternative */
  addSource(
    source: TenantSource,
    options?: { readonly role?: TenantSourceRole },
  ): void;
}

/**
 * Where a backend module of plugin `tenants` says how namespaces become tenants.
 *
 * @public
 */
export const tenantsTenantSourceExtensionPoint =
  createExtensionPoint<TenantSourceExtension>({ id: 'tenants.tenant-source' });
