// SPDX-License-Identifier: Apache-2.0
import type { ContractArea } from '../ContractCase';
import { at, isJsonObject, type Json } from '../Json';
import type { Session } from '../Session';

/** Group versions that both an old and a new server have. */
const LASTING = [
  'apps/v1',
  'authentication.k8s.io/v1',
  'authorization.k8s.io/v1',
  'autoscaling/v1',
  'batch/v1',
  'coordination.k8s.io/v1',
  'networking.k8s.io/v1',
  'rbac.authorization.k8s.io/v1',
  'scheduling.k8s.io/v1',
  'storage.k8s.io/v1',
  'apiextensions.k8s.io/v1',
];

function list(value: Json | undefined): readonly Json[] {
  return Array.isArray(value) ? value : [];
}

function resourceOf(body: Json, name: string): Json {
  const found = list(at(body, 'resources')).find(
    resource => at(resource, 'name') === name,
  );
  if (!isJsonObject(found)) return 'none';
  const { storageVersionHash: _, ...rest } = found;
  return rest;
}

async function resources(api: Session, path: string, names: readonly string[]) {
  const { body } = await api.get(path, { quiet: true });
  api.note(path, {
    kind: at(body, 'kind'),
    apiVersion: at(body, 'apiVersion') ?? 'none',
    groupVersion: at(body, 'groupVersion'),
    resources: names.map(name => resourceOf(body, name)),
  });
}

export const discovery: ContractArea = {
  area: 'discovery',
  cases: [
    {
      name: 'the core group is at /api',
      since: '1.18',
      async run(api) {
        await api.get('/api', {
          view: body => ({
            kind: at(body, 'kind'),
            versions: at(body, 'versions'),
          }),
        });
        await resources(api, '/api/v1', [
          'bindings',
          'configmaps',
          'endpoints',
          'events',
          'limitranges',
          'namespaces',
          'namespaces/finalize',
          'namespaces/status',
          'nodes',
          'persistentvolumeclaims',
          'persistentvolumeclaims/status',
          'persistentvolumes',
          'pods',
          'pods/binding',
          'pods/eviction',
          'pods/log',
          'pods/status',
          'resourcequotas',
          'secrets',
          'serviceaccounts',
          'serviceaccounts/token',
          'services',
        ]);
      },
      meant: [
        {
          at: 'resources[16].version',
          because: 'evictions are policy/v1 since 1.22',
        },
        {
          at: 'resources[14].version',
          because: 'evictions are policy/v1 since 1.22',
        },
        {
          at: 'resources[21].verbs*',
          because: 'collections of services are deleted since 1.23',
        },
      ],
    },
    {
      name: 'groups that last are listed with their versions',
      since: '1.19',
      async run(api) {
        const { body } = await api.get('/apis', { quiet: true });
        const groups = list(at(body, 'groups'));
        api.note('kind', at(body, 'kind') ?? 'none');
        api.note(
          'groups',
          LASTING.map(groupVersion => {
            const [name] = groupVersion.split('/');
            const group = groups.find(one => at(one, 'name') === name);
            return {
              name: at(group, 'name'),
              has: list(at(group, 'versions')).some(
                version => at(version, 'groupVersion') === groupVersion,
              ),
            };
          }),
        );
        await api.get('/apis/apps');
        await api.get('/apis/nothing.example');
      },
    },
    {
      name: 'workloads are discovered with their subresources and short names',
      since: '1.18',
      async run(api) {
        await resources(api, '/apis/apps/v1', [
          'controllerrevisions',
          'daemonsets',
          'daemonsets/status',
          'deployments',
          'deployments/scale',
          'deployments/status',
          'replicasets',
          'replicasets/scale',
          'statefulsets',
          'statefulsets/scale',
        ]);
        await resources(api, '/apis/batch/v1', ['jobs', 'jobs/status']);
        await resources(api, '/apis/autoscaling/v1', [
          'horizontalpodautoscalers',
          'horizontalpodautoscalers/status',
        ]);
      },
    },
    {
      name: 'network, access and review kinds are discovered',
      since: '1.19',
      async run(api) {
        await resources(api, '/apis/networking.k8s.io/v1', [
          'ingresses',
          'ingresses/status',
          'ingressclasses',
          'networkpolicies',
        ]);
        await resources(api, '/apis/rbac.authorization.k8s.io/v1', [
          'clusterroles',
          'clusterrolebindings',
          'roles',
          'rolebindings',
        ]);
        await resources(api, '/apis/authorization.k8s.io/v1', [
          'localsubjectaccessreviews',
          'selfsubjectaccessreviews',
          'selfsubjectrulesreviews',
          'subjectaccessreviews',
        ]);
        await resources(api, '/apis/authentication.k8s.io/v1', [
          'tokenreviews',
        ]);
        await resources(api, '/apis/coordination.k8s.io/v1', ['leases']);
        await resources(api, '/apis/storage.k8s.io/v1', ['storageclasses']);
        await resources(api, '/apis/apiextensions.k8s.io/v1', [
          'customresourcedefinitions',
          'customresourcedefinitions/status',
        ]);
        await resources(api, '/apis/scheduling.k8s.io/v1', ['priorityclasses']);
      },
    },
    {
      name: 'health and version are told to anyone',
      since: '1.18',
      async run(api) {
        for (const path of ['/healthz', '/readyz', '/livez'])
          await api.get(path);
        await api.get('/version', {
          view: body =>
            isJsonObject(body) ? Object.keys(body).sort() : 'none',
        });
      },
      meant: [
        {
          at: '4 GET /version: body*',
          because: 'newer servers tell more of their versions',
        },
      ],
    },
    {
      name: 'the OpenAPI v2 document describes the kinds',
      since: '1.18',
      async run(api) {
        const { body } = await api.get('/openapi/v2', { quiet: true });
        const definition = (name: string) => at(body, 'definitions', name);
        api.note('swagger', at(body, 'swagger') ?? 'none');
        const deployment = definition('io.k8s.api.apps.v1.Deployment');
        api.note('deployment', {
          kind: at(deployment, 'x-kubernetes-group-version-kind'),
          properties: keysOf(at(deployment, 'properties')),
        });
        const pod = definition('io.k8s.api.core.v1.PodSpec');
        api.note('containers', {
          required: at(pod, 'required'),
          merge: at(
            pod,
            'properties',
            'containers',
            'x-kubernetes-patch-merge-key',
          ),
          strategy: at(
            pod,
            'properties',
            'containers',
            'x-kubernetes-patch-strategy',
          ),
        });
        const service = definition('io.k8s.api.core.v1.ServiceSpec');
        api.note('ports', {
          keys: at(
            service,
            'properties',
            'ports',
            'x-kubernetes-list-map-keys',
          ),
          type: at(service, 'properties', 'ports', 'x-kubernetes-list-type'),
        });
      },
    },
    {
      name: 'aggregated discovery tells all kinds in one answer',
      since: '1.30',
      async run(api) {
        const { status, body } = await api.get('/apis', {
          accept:
            'application/json;g=apidiscovery.k8s.io;v=v2;as=APIGroupDiscoveryList',
        });
        api.expect('status', status, 200);
        api.expect('kind', at(body, 'kind'), 'APIGroupDiscoveryList');
        const apps = list(at(body, 'items')).find(
          item => at(item, 'metadata', 'name') === 'apps',
        );
        const deployments = list(at(apps, 'versions', 0, 'resources')).find(
          resource => at(resource, 'resource') === 'deployments',
        );
        api.expect('scope', at(deployments, 'scope'), 'Namespaced');
        api.expect(
          'kind of it',
          at(deployments, 'responseKind', 'kind'),
          'Deployment',
        );
        api.expect(
          'subresources',
          list(at(deployments, 'subresources'))
            .map(one => String(at(one, 'subresource')))
            .sort(),
          ['scale', 'status'],
        );
      },
    },
    {
      name: 'OpenAPI v3 is served by group and version',
      since: '1.27',
      async run(api) {
        const { body } = await api.get('/openapi/v3', { quiet: true });
        const url = at(body, 'paths', 'apis/apps/v1', 'serverRelativeURL');
        api.expect('has apps/v1', typeof url, 'string');
        const document = await api.get(String(url), { quiet: true });
        api.expect(
          'has deployments',
          at(
            document.body,
            'components',
            'schemas',
            'io.k8s.api.apps.v1.Deployment',
          ) !== undefined,
          true,
        );
      },
    },
  ],
};

function keysOf(value: Json | undefined): Json {
  return isJsonObject(value) ? Object.keys(value).sort() : 'none';
}
