// SPDX-License-Identifier: Apache-2.0
import type { CustomKind } from '@tenantry/backstage-plugin-tenants-node';
import type { Lister } from './Lister';
import type { GenericObject } from './objects';

/** An object of a kind that a module added. */
export type CustomObject = GenericObject & {
  /** The scalars its kind asks for; an absent one is not there. */
  readonly fields: Readonly<Record<string, string | number | boolean>>;
};

/** A kind that a module added, with its objects on one cluster. */
export type CustomListing = {
  readonly kind: CustomKind;
  readonly objects: Lister<CustomObject>;
};
