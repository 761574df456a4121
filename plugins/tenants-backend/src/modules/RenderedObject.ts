// SPDX-License-Identifier: Apache-2.0
import type { KubeManifest } from '@tenantry/backstage-plugin-tenants-node';

/** An object an environment shall have. */
export type RenderedObject = {
  readonly manifest: KubeManifest;
  /** Absent for what every environment has: namespace, quota, policies, bindings. */
  readonly module?: string;
  /** Objects of the environment itself are -1, before every module. */
  readonly wave: number;
};
