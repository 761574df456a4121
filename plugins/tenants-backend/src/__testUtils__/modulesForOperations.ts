// SPDX-License-Identifier: Apache-2.0
import {
  createBackendModule,
  type BackendFeature,
} from '@backstage/backend-plugin-api';
import { tenantsModuleDefinitionsExtensionPoint } from '@tenantry/backstage-plugin-tenants-node';

const release = (version: string, needs: readonly string[]) => `
      - version: ${version}
        manifests: ./manifests
        dependencies: [${needs.map(name => `{ name: ${name} }`).join(', ')}]`;

const platform = `
apiVersion: tenantry.dev/v1
tiers:
  bronze:
    name: Bronze
    quota: { requests.cpu: "20", requests.memory: 40Gi, limits.cpu: "40", limits.memory: 80Gi, pods: "50" }
    limits:
      default: { cpu: 500m, memory: 512Mi }
      defaultRequest: { cpu: 100m, memory: 128Mi }
modules:
  db:
    description: Keeps.
    releases:${release('1.0.0', [])}
  api:
    description: Answers.
    releases:${release('1.0.0', ['db'])}
  web:
    description: Shows.
    releases:${release('2.0.0', ['api'])}${release('1.0.0', ['api'])}
`;

const manifests = `
apiVersion: apps/v1
kind: Deployment
metadata:
  name: \${{ module.name }}
spec:
  replicas: 1
  selector:
    matchLabels: { app: "\${{ module.name }}" }
  template:
    metadata:
      labels: { app: "\${{ module.name }}" }
    spec:
      automountServiceAccountToken: false
      securityContext:
        runAsNonRoot: true
        runAsUser: 1000
        seccompProfile: { type: RuntimeDefault }
      containers:
        - name: main
          image: registry.example/app:\${{ release.version }}
          resources:
            requests: { cpu: 100m, memory: 64Mi }
            limits: { cpu: 200m, memory: 128Mi }
          securityContext:
            allowPrivilegeEscalation: false
            readOnlyRootFilesystem: true
            capabilities: { drop: [ALL] }
---
apiVersion: v1
kind: Service
metadata:
  name: \${{ module.name }}
spec:
  selector: { app: "\${{ module.name }}" }
  ports: [{ port: 80 }]
`;

/** Gives the plugin three modules, of which each needs the one before: `db`, `api`, `web`. */
export function modulesForOperations(): BackendFeature {
  return createBackendModule({
    pluginId: 'tenants',
    moduleId: 'test-modules',
    register(env) {
      env.registerInit({
        deps: { definitions: tenantsModuleDefinitionsExtensionPoint },
        async init({ definitions }) {
          const read = async () => [
            { path: 'platform.yaml', text: platform },
            { path: 'manifests/objects.yaml', text: manifests },
          ];
          definitions.addSource({ id: 'test', read });
        },
      });
    },
  });
}
