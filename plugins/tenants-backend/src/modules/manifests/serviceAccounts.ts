// SPDX-License-Identifier: Apache-2.0
import type { KubeManifest } from '@tenantry/backstage-plugin-tenants-node';
import { environmentLabels } from './objectLabels';
import type { RenderInput } from './RenderInput';

/** The account of an environment's workloads that need one by name. */
const WORKLOAD_ACCOUNT = 'tenancy-workload';

/** Accounts whose token no pod gets by itself: `default`, which every pod has that names none, and one for modules to name. */
export function renderServiceAccounts(input: RenderInput): KubeManifest[] {
  return ['default', WORKLOAD_ACCOUNT].map(name => ({
    apiVersion: 'v1',
    kind: 'ServiceAccount',
    metadata: {
      name,
      namespace: input.namespace,
      labels: environmentLabels(input),
    },
    automountServiceAccountToken: false,
  }));
}
