// SPDX-License-Identifier: Apache-2.0
import type { JsonObject } from '@tenantry/backstage-plugin-tenants-node/definitions';
import { renderEnvironment } from './renderEnvironment';
import {
  deployment,
  plannedModule,
  renderInput,
  template,
} from './testing/renderInput';
import { named, renderTemplates } from './testing/renderTemplates';

describe('an object of a module is refused', () => {
  const service = (spec: JsonObject) => named('Service', { spec });
  const binding = (roleRef: JsonObject, subjects: JsonObject[]) => ({
    apiVersion: 'rbac.authorization.k8s.io/v1',
    kind: 'RoleBinding',
    metadata: { name: 'web' },
    roleRef: { apiGroup: 'rbac.authorization.k8s.io', ...roleRef },
    subjects,
  });
  const account = {
    kind: 'ServiceAccount',
    name: 'web',
    namespace: '${{ environment.namespace }}',
  };
  const policy = (spec: JsonObject): JsonObject => ({
    apiVersion: 'networking.k8s.io/v1',
    kind: 'NetworkPolicy',
    metadata: { name: 'web' },
    spec: { podSelector: {}, ...spec },
  });

  it.each<[string, string, string, JsonObject]>([
    [
      'a cluster-wide kind',
      'kind-not-allowed',
      'ClusterRole',
      {
        apiVersion: 'rbac.authorization.k8s.io/v1',
        kind: 'ClusterRole',
        metadata: { name: 'web' },
      },
    ],
    ['a Namespace', 'kind-not-allowed', 'Namespace', named('Namespace')],
    ['a quota', 'kind-not-allowed', 'ResourceQuota', named('ResourceQuota')],
    ['a LimitRange', 'kind-not-allowed', 'LimitRange', named('LimitRange')],
    ['a Secret', 'kind-not-allowed', 'Secret', named('Secret')],
    ['a list', 'kind-not-allowed', 'List', named('List')],
    [
      'a substituted kind',
      'manifest',
      'no substitution',
      named('${{ parameters.kind }}'),
    ],
    [
      'a substituted apiVersion',
      'manifest',
      'no substitution',
      { ...named('ConfigMap'), apiVersion: 'v${{ parameters.v }}' },
    ],
    [
      'a namespace of its own',
      'manifest',
      'metadata.namespace',
      {
        ...named('ConfigMap'),
        metadata: { name: 'web', namespace: 'kube-system' },
      },
    ],
    [
      'a finalizer',
      'manifest',
      'metadata.finalizers',
      {
        ...named('ConfigMap'),
        metadata: { name: 'web', finalizers: ['x/y'] },
      },
    ],
    [
      'a bad name',
      'manifest',
      'metadata.name',
      {
        ...named('ConfigMap'),
        metadata: { name: '../../namespaces/kube-system' },
      },
    ],
    [
      'a name of the environment’s',
      'manifest',
      'kept for',
      {
        ...named('ConfigMap'),
        metadata: { name: 'tenancy-workload' },
      },
    ],
    [
      'a label of ours',
      'manifest',
      'set by us',
      {
        ...named('ConfigMap'),
        metadata: { name: 'web', labels: { 'tenantry.dev/tenant': 'other' } },
      },
    ],
    [
      'a NodePort',
      'manifest',
      'NodePort',
      service({ type: 'NodePort', ports: [{ port: 80 }] }),
    ],
    [
      'a LoadBalancer',
      'manifest',
      'LoadBalancer',
      service({ type: 'LoadBalancer', ports: [{ port: 80 }] }),
    ],
    [
      'an external name',
      'manifest',
      'externalName',
      service({ type: 'ClusterIP', externalName: 'x.example' }),
    ],
    [
      'external addresses',
      'manifest',
      'externalIPs',
      service({ externalIPs: ['10.0.0.1'] }),
    ],
    [
      'a role that is not allowed',
      'role-not-allowed',
      'cluster-admin',
      binding({ kind: 'ClusterRole', name: 'cluster-admin' }, [account]),
    ],
    [
      'a subject elsewhere',
      'role-not-allowed',
      'subjects[0]',
      binding({ kind: 'ClusterRole', name: 'view' }, [
        { ...account, namespace: 'other' },
      ]),
    ],
    [
      'a person as subject',
      'role-not-allowed',
      'subjects[0]',
      binding({ kind: 'ClusterRole', name: 'view' }, [
        { kind: 'User', name: 'ann' },
      ]),
    ],
    [
      'an existing volume',
      'manifest',
      'volumeName',
      named('PersistentVolumeClaim', {
        spec: { volumeName: 'pv-1', accessModes: ['ReadWriteOnce'] },
      }),
    ],
    [
      'a policy open to all',
      'manifest',
      'spec.ingress[0].from',
      policy({ ingress: [{}] }),
    ],
    [
      'a policy to other namespaces',
      'manifest',
      'spec.egress[0].to',
      policy({ egress: [{ to: [{ namespaceSelector: {} }] }] }),
    ],
    [
      'a monitor of other namespaces',
      'manifest',
      'namespaceSelector',
      {
        apiVersion: 'monitoring.coreos.com/v1',
        kind: 'ServiceMonitor',
        metadata: { name: 'web' },
        spec: { namespaceSelector: { any: true } },
      },
    ],
    [
      'a route to another namespace',
      'manifest',
      'another namespace',
      {
        apiVersion: 'gateway.networking.k8s.io/v1',
        kind: 'HTTPRoute',
        metadata: { name: 'web' },
        spec: { rules: [{ backendRefs: [{ name: 'a', namespace: 'b' }] }] },
      },
    ],
    [
      'a host path',
      'pod-security',
      'HostPath Volumes',
      deployment({
        pod: { volumes: [{ name: 'x', hostPath: { path: '/' } }] },
      }),
    ],
    [
      'a node of its choice',
      'manifest',
      'nodeName',
      deployment({ pod: { nodeName: 'n1' } }),
    ],
    [
      'a priority of the cluster’s',
      'manifest',
      'priorityClassName',
      deployment({
        pod: { priorityClassName: 'system-node-critical' },
      }),
    ],
    ['a status', 'manifest', 'status', named('ConfigMap', { status: {} })],
    [
      'a wrong type',
      'manifest',
      'spec.replicas must be integer',
      deployment({ spec: { replicas: '3' } }),
    ],
    [
      'a selector that misses its pods',
      'manifest',
      'matchLabels[app]',
      deployment({
        spec: { selector: { matchLabels: { app: 'other' } } },
      }),
    ],
  ])('for %s', (_, rule, words, object) => {
    const { manifests, refusals } = renderTemplates([object], {
      parameters: { kind: 'Pod', v: 1 },
    });
    expect(manifests).toEqual([]);
    expect(refusals[0]).toMatchObject({
      rule,
      environment: 'prod',
      message: expect.stringContaining(words),
    });
    expect(refusals[0].subject).toMatch(/^web: /);
    expect(refusals[0].chain.at(0)).toBe('web@1.2.3');
    expect(refusals[0].fixes[0].label).not.toBe('');
    expect(refusals[0].message).toContain('(web.yaml:3)');
  });

  it('for a label of ours on its pods', () => {
    const pods = { metadata: { labels: { 'tenantry.dev/tenant': 'other' } } };
    const { refusals } = renderTemplates([
      { ...deployment(), spec: { selector: {}, template: pods } },
    ]);
    expect(refusals[0].message).toContain('spec.template.metadata.labels');
  });

  it('when the cluster does not know its kind', () => {
    const { refusals } = renderTemplates([deployment()], {
      cluster: { serves: () => false },
    });
    expect(refusals).toMatchObject([{ rule: 'kind-not-served' }]);
  });

  it('when another object has its name', () => {
    const a = plannedModule({ name: 'a', templates: [template(deployment())] });
    const b = plannedModule({ name: 'b', templates: [template(deployment())] });
    const { refusals } = renderEnvironment(renderInput({ modules: [a, b] }));
    expect(refusals).toMatchObject([
      {
        rule: 'manifest',
        subject: 'Deployment/web',
        message: 'Deployment/web is made by a and b.',
      },
    ]);
  });

  it('when its module is one of the cluster, or is only described', () => {
    const modules = [
      plannedModule({ name: 'cni', scope: 'cluster' }),
      plannedModule({ name: 'idea', content: { kind: 'none' } }),
    ];
    const { refusals } = renderEnvironment(renderInput({ modules }));
    expect(refusals.map(({ rule }) => rule)).toEqual([
      'scope',
      'nothing-to-deliver',
    ]);
  });
});
