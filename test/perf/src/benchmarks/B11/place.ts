// SPDX-License-Identifier: Apache-2.0

/** How long each answer takes at least: what an API server with its etcd needs for a write, and the way there. */
export const ANSWER_MS = 10;

/** Where the portal keeps its records. */
export const SYSTEM_NAMESPACE = 'tenantry-system';
