// SPDX-License-Identifier: Apache-2.0
// The checks of the multi-tenancy benchmark on what we render for a tenant. Those that a person would try by hand are tried here as a
// module that asks for it: it must be refused, and the cluster itself must be told to refuse it as well.
import type { KubeManifest } from '@tenantry/backstage-plugin-tenants-node';
import type { JsonObject } from '@tenantry/backstage-plugin-tenants-node/definitions';
import { listField, textField } from './jsonValue';
import { containersOf } from './podTemplates';
import { renderEnvironment } from './renderEnvironment';
import {
  BRONZE,
  container,
  deployment,
  plannedModule,
  renderInput,
  template,
} from './testing/renderInput';

const ann = { kind: 'User', name: 'ann', role: 'admin' } as const;
const bob = { kind: 'Group', name: 'team-b', role: 'edit' } as const;

function tenant(...objects: readonly JsonObject[]) {
  const modules = [plannedModule({ templates: objects.map(o => template(o)) })];
  const { objects: rendered, refusals } = renderEnvironment(
    renderInput({ modules, members: [ann, bob] }),
  );
  const manifests = rendered.map(({ manifest }) => manifest);
  const ofKind = (kind: string) => manifests.filter(o => o.kind === kind);
  return { manifests, refusals, ofKind };
}

/** What becomes of a module that asks for something, and what the cluster is told to refuse by itself. */
function tried(object: JsonObject) {
  const { refusals, ofKind } = tenant(object);
  const [namespace] = ofKind('Namespace');
  return {
    made: ofKind(String(object.kind)).filter(
      ({ metadata }) => metadata.name === 'web',
    ),
    enforced: namespace.metadata.labels?.['pod-security.kubernetes.io/enforce'],
    messages: refusals.map(({ message }) => message).join(),
  };
}

const refused = (words: string) => ({
  made: [],
  enforced: 'restricted',
  messages: expect.stringContaining(words),
});

const secured = (fields: JsonObject) =>
  deployment({
    container: {
      securityContext: {
        allowPrivilegeEscalation: false,
        capabilities: { drop: ['ALL'] },
        ...fields,
      },
    },
  });

function rulesOf({ ofKind }: ReturnType<typeof tenant>) {
  return ofKind('Role').flatMap(({ rules }) =>
    Array.isArray(rules) ? rules : [],
  );
}

function hardOf({ ofKind }: ReturnType<typeof tenant>): string[] {
  return ofKind('ResourceQuota').flatMap(({ spec }) =>
    Object.keys(Object(Object(spec).hard)),
  );
}

function writes(rule: unknown): boolean {
  return listField(rule, 'verbs').some(
    verb => !['get', 'list', 'watch'].includes(String(verb)),
  );
}

describe('multi-tenancy benchmark', () => {
  it('MTB-PL1-CC-CPI-1 block access to cluster resources', () => {
    const { manifests, ofKind } = tenant(deployment());
    const clusterWide = manifests.filter(o => !o.metadata.namespace);
    expect(clusterWide.map(({ kind }) => kind)).toEqual(['Namespace']);
    expect(ofKind('ClusterRoleBinding')).toEqual([]);
    expect(ofKind('RoleBinding').length).toBeGreaterThan(0);
    expect(
      tried({
        apiVersion: 'rbac.authorization.k8s.io/v1',
        kind: 'ClusterRoleBinding',
        metadata: { name: 'web' },
      }),
    ).toEqual(refused('ClusterRoleBinding'));
  });

  it('MTB-PL1-BC-CPI-2 block modification of multi-tenant resources', () => {
    const made = tenant(deployment());
    const resources = rulesOf(made)
      .filter(writes)
      .flatMap(rule => listField(rule, 'resources'));
    expect(resources).toEqual(['networkpolicies']);
    expect(made.manifests.map(o => o.metadata.namespace)).not.toContain(
      'tenantry-system',
    );
    const roles = made
      .ofKind('RoleBinding')
      .map(({ roleRef }) => `${Object(roleRef).kind}/${Object(roleRef).name}`);
    expect(new Set(roles)).toEqual(
      new Set([
        'ClusterRole/admin',
        'ClusterRole/edit',
        'Role/tenancy-self-service',
      ]),
    );
  });

  it('MTB-PL1-BC-CPI-3 block add capabilities', () => {
    expect(
      tried(secured({ capabilities: { drop: ['ALL'], add: ['SYS_ADMIN'] } })),
    ).toEqual(refused('Capabilities'));
  });

  it('MTB-PL1-CC-DI-1 require always imagePullPolicy', () => {
    const pod = {
      initContainers: [container({ name: 'init', imagePullPolicy: 'Never' })],
    };
    const [made] = tenant(deployment({ pod })).ofKind('Deployment');
    const spec = Object(Object(Object(made.spec).template).spec);
    expect(
      containersOf(spec).map(({ value }) =>
        textField(value, 'imagePullPolicy'),
      ),
    ).toEqual(['Always', 'Always']);
  });

  it('MTB-PL1-BC-CPI-4 require run as non-root user', () => {
    expect(tried(secured({ runAsNonRoot: false }))).toEqual(
      refused('Running as Non-root'),
    );
    expect(tried(secured({ runAsUser: 0 }))).toEqual(
      refused('Running as Non-root user'),
    );
  });

  it('MTB-PL1-BC-CPI-5 block privileged containers', () => {
    expect(tried(secured({ privileged: true }))).toEqual(
      refused('Privileged Containers'),
    );
  });

  it('MTB-PL1-BC-CPI-6 block privilege escalation', () => {
    expect(tried(secured({ allowPrivilegeEscalation: true }))).toEqual(
      refused('Privilege Escalation'),
    );
  });

  it('MTB-PL1-CC-FNS-1 configure namespace resource quotas', () => {
    expect(hardOf(tenant())).toEqual(
      expect.arrayContaining([
        'requests.cpu',
        'requests.memory',
        'limits.cpu',
        'limits.memory',
      ]),
    );
    expect(BRONZE.quota).not.toHaveProperty('pods');
  });

  it('MTB-PL1-CC-FNS-2 configure namespace object limits', () => {
    expect(hardOf(tenant())).toEqual(
      expect.arrayContaining([
        'pods',
        'services',
        'replicationcontrollers',
        'resourcequotas',
        'secrets',
        'configmaps',
        'persistentvolumeclaims',
        'services.nodeports',
        'services.loadbalancers',
      ]),
    );
  });

  it('MTB-PL1-BC-HI-1 block use of host path volumes', () => {
    const volumes = [{ name: 'host', hostPath: { path: '/' } }];
    expect(tried(deployment({ pod: { volumes } }))).toEqual(
      refused('HostPath Volumes'),
    );
  });

  it('MTB-PL1-BC-HI-2 block use of NodePort services', () => {
    const made = tenant({
      apiVersion: 'v1',
      kind: 'Service',
      metadata: { name: 'web' },
      spec: { type: 'NodePort', ports: [{ port: 80 }] },
    });
    expect(made.ofKind('Service')).toEqual([]);
    expect(made.refusals).toHaveLength(1);
    const [quota] = made.ofKind('ResourceQuota');
    expect(quota.spec).toMatchObject({ hard: { 'services.nodeports': '0' } });
  });

  it('MTB-PL1-BC-HI-3 block use of host networking and ports', () => {
    expect(tried(deployment({ pod: { hostNetwork: true } }))).toEqual(
      refused('hostNetwork'),
    );
    expect(
      tried(
        deployment({
          container: { ports: [{ containerPort: 80, hostPort: 80 }] },
        }),
      ),
    ).toEqual(refused('hostPort'));
  });

  it('MTB-PL1-BC-HI-4 block use of host PID', () => {
    expect(tried(deployment({ pod: { hostPID: true } }))).toEqual(
      refused('hostPID'),
    );
  });

  it('MTB-PL1-BC-HI-5 block use of host IPC', () => {
    expect(tried(deployment({ pod: { hostIPC: true } }))).toEqual(
      refused('hostIPC'),
    );
  });

  it('MTB-PL1-CC-TI-1 block modification of resource quotas', () => {
    const made = tenant();
    const onQuotas = rulesOf(made).filter(rule =>
      listField(rule, 'resources').includes('resourcequotas'),
    );
    expect(onQuotas.some(writes)).toBe(false);
    expect(
      tried({
        apiVersion: 'v1',
        kind: 'ResourceQuota',
        metadata: { name: 'web' },
      }),
    ).toEqual(refused('ResourceQuota'));
  });

  it('MTB-PL2-BC-OPS-4 allow self-service management of network policies', () => {
    const made = tenant();
    const rule = rulesOf(made).find(one =>
      listField(one, 'resources').includes('networkpolicies'),
    );
    expect(listField(rule, 'verbs')).toEqual(
      expect.arrayContaining(['create', 'update', 'patch', 'delete']),
    );
    const binding = made
      .ofKind('RoleBinding')
      .find((o: KubeManifest) => Object(o.roleRef).kind === 'Role');
    expect(binding?.subjects).toMatchObject([
      { kind: 'Group', name: 'team-b' },
      { kind: 'User', name: 'ann' },
    ]);
  });
});
