// SPDX-License-Identifier: Apache-2.0
import { createBackend } from '@backstage/backend-defaults';
import { mockServices } from '@backstage/backend-test-utils';

// A backend with nothing but what the plugin needs, for work on the plugin. Its clusters are those of `kubernetes.clusterLocatorMethods`
// in the configuration given with `--config`; everybody is the user `user:default/mock`, and nothing is protected.
const backend = createBackend();
backend.add(mockServices.auth.factory());
backend.add(mockServices.httpAuth.factory());
backend.add(import('@backstage/plugin-kubernetes-backend'));
backend.add(
  import('@tenantry/backstage-plugin-kubernetes-backend-module-tenants'),
);
backend.add(import('../src'));
backend.start();
