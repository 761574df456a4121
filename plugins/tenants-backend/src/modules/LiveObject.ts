// SPDX-License-Identifier: Apache-2.0
import type { JsonObject } from '@tenantry/backstage-plugin-tenants-node/definitions';

/** An object as it is in a cluster, whole, but for what a Secret holds. */
export type LiveObject = JsonObject;
