// SPDX-License-Identifier: Apache-2.0
import type { PortalApi } from './PortalApi';

const OWNER = 'group:default/platform-team';

/** Makes a small tenant of the platform team on `us-east`, with one module that runs in its namespace `<tenant>-prod`. */
export function orderPodinfo(portal: PortalApi, tenant: string): Promise<void> {
  return portal.operate(tenant, {
    type: 'apply',
    owner: OWNER,
    environments: [
      {
        name: 'prod',
        cluster: 'us-east',
        tier: 'bronze',
        modules: [{ name: 'podinfo' }],
        members: [{ subject: OWNER, role: 'admin' }],
      },
    ],
  });
}
