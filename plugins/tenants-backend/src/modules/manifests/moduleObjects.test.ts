// SPDX-License-Identifier: Apache-2.0
import type {
  JsonObject,
  ManifestTemplate,
} from '@tenantry/backstage-plugin-tenants-node/definitions';
import { renderEnvironment } from './renderEnvironment';
import type { RenderInput } from './RenderInput';
import {
  container,
  deployment,
  environmentSpec,
  plannedModule,
  POD_SECURITY_CONTEXT,
  renderInput,
  SETTINGS,
  template,
} from './testing/renderInput';

function render(
  templates: readonly (ManifestTemplate | JsonObject)[],
  input: Partial<RenderInput> & { readonly parameters?: JsonObject } = {},
) {
  const { parameters, ...others } = input;
  const module = plannedModule({
    parameters,
    templates: templates.map(one => (isTemplate(one) ? one : template(one))),
    release: { parameters: { type: 'object', additionalProperties: true } },
  });
  const result = renderEnvironment(
    renderInput({ modules: [module], ...others }),
  );
  return {
    ...result,
    manifests: result.objects
      .filter(object => object.module !== undefined)
      .map(({ manifest }) => manifest),
  };
}

function isTemplate(
  value: ManifestTemplate | JsonObject,
): value is ManifestTemplate {
  return 'object' in value && 'at' in value;
}

const named = (kind: string, fields: JsonObject = {}): JsonObject => ({
  apiVersion: 'v1',
  kind,
  metadata: { name: 'web' },
  ...fields,
});
const labels = {
  'tenantry.dev/tenant': 'acme',
  'tenantry.dev/environment': 'prod',
  'tenantry.dev/module': 'web',
  'tenantry.dev/release': '1.2.3',
};

describe('objects of a module', () => {
  it('lie in the environment’s namespace and carry our labels, whatever the template says', () => {
    const { manifests, refusals } = render([
      {
        ...deployment(),
        metadata: {
          name: 'web',
          labels: { app: 'web', 'app.kubernetes.io/managed-by': 'someone' },
        },
      },
    ]);
    expect(refusals).toEqual([]);
    expect(manifests[0].metadata).toEqual({
      name: 'web',
      namespace: 'acme-prod',
      labels: {
        app: 'web',
        ...labels,
        'app.kubernetes.io/managed-by': 'tenantry',
        'applyset.kubernetes.io/part-of': 'applyset-abc-v1',
      },
    });
  });

  it('label the pods, the jobs of a CronJob, and volumes without the release', () => {
    const pod = {
      spec: {
        securityContext: POD_SECURITY_CONTEXT,
        restartPolicy: 'Never',
        containers: [container()],
      },
    };
    const { manifests, refusals } = render([
      {
        apiVersion: 'batch/v1',
        kind: 'CronJob',
        metadata: { name: 'nightly' },
        spec: {
          schedule: '0 1 * * *',
          jobTemplate: { spec: { template: pod } },
        },
      },
      {
        apiVersion: 'apps/v1',
        kind: 'StatefulSet',
        metadata: { name: 'db' },
        spec: {
          serviceName: 'db',
          selector: { matchLabels: { app: 'db' } },
          template: {
            metadata: { labels: { app: 'db' } },
            spec: {
              securityContext: POD_SECURITY_CONTEXT,
              containers: [container()],
            },
          },
          volumeClaimTemplates: [
            {
              metadata: { name: 'data' },
              spec: {
                accessModes: ['ReadWriteOnce'],
                resources: { requests: { storage: '1Gi' } },
              },
            },
          ],
        },
      },
    ]);
    expect(refusals).toEqual([]);
    const { 'tenantry.dev/release': _, ...lasting } = labels;
    expect(manifests).toMatchObject([
      {
        spec: {
          jobTemplate: {
            metadata: { labels },
            spec: { template: { metadata: { labels } } },
          },
        },
      },
      {
        spec: {
          template: { metadata: { labels: { app: 'db', ...labels } } },
          volumeClaimTemplates: [
            { metadata: { name: 'data', labels: lasting } },
          ],
        },
      },
    ]);
    expect(JSON.stringify(manifests[1].spec)).toContain('"app":"db"');
  });

  it('pull their images at every start, unless the platform says otherwise', () => {
    const written = deployment({ container: { imagePullPolicy: 'Never' } });
    const policyOf = (settings: typeof SETTINGS) =>
      JSON.stringify(render([written], { settings }).manifests).match(
        /"imagePullPolicy":"(\w+)"/,
      )?.[1];
    expect(policyOf(SETTINGS)).toBe('Always');
    expect(policyOf({ ...SETTINGS, imagePull: 'asWritten' })).toBe('Never');
  });

  it('are left out when their condition does not hold', () => {
    const when = 'parameters.cache && environment.tier == "bronze"';
    const templates = [template(named('ConfigMap'), when)];
    const count = (cache: boolean) =>
      render(templates, { parameters: { cache } }).manifests.length;
    expect([count(true), count(false)]).toEqual([1, 0]);
  });

  it('know in a condition which secrets are set', () => {
    const module = plannedModule({
      templates: [template(named('ConfigMap'), 'secrets.smtp')],
      release: {
        secrets: [{ name: 'smtp', required: false, generate: false }],
      },
    });
    const count = (secrets: ReadonlySet<string>) =>
      renderEnvironment(renderInput({ modules: [module], secrets })).objects
        .length;
    expect(count(new Set(['smtp'])) - count(new Set())).toBe(1);
  });

  it('come by wave, then in the order in which they need each other', () => {
    const web = plannedModule({
      name: 'web',
      wave: 1,
      templates: [template(deployment()), template(named('ConfigMap'))],
    });
    const db = plannedModule({
      name: 'db',
      wave: 0,
      templates: [template(deployment({ name: 'db' }))],
    });
    const { objects } = renderEnvironment(renderInput({ modules: [web, db] }));
    const ours = objects.filter(o => o.module !== undefined);
    expect(
      ours.map(o => `${o.wave} ${o.manifest.kind}/${o.manifest.metadata.name}`),
    ).toEqual(['0 Deployment/db', '1 ConfigMap/web', '1 Deployment/web']);
  });
});

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
    const { manifests, refusals } = render([object], {
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
    const { refusals } = render([
      { ...deployment(), spec: { selector: {}, template: pods } },
    ]);
    expect(refusals[0].message).toContain('spec.template.metadata.labels');
  });

  it('when the cluster does not know its kind', () => {
    const { refusals } = render([deployment()], {
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

describe('replicas', () => {
  const scaler: JsonObject = {
    apiVersion: 'autoscaling/v2',
    kind: 'HorizontalPodAutoscaler',
    metadata: { name: 'web' },
    spec: {
      maxReplicas: 5,
      scaleTargetRef: {
        apiVersion: 'apps/v1',
        kind: 'Deployment',
        name: 'web',
      },
    },
  };
  const web = deployment({ spec: { replicas: 2 } });

  function replicasOf(
    templates: readonly JsonObject[],
    input: Partial<RenderInput> = {},
  ) {
    const { manifests, refusals, notes } = render(templates, input);
    expect(refusals).toEqual([]);
    const spec = manifests.find(({ kind }) => kind === 'Deployment')?.spec;
    return { spec, notes };
  }

  it('are what the module says, or the override', () => {
    expect(replicasOf([web]).spec).toMatchObject({ replicas: 2 });
    const spec = environmentSpec({
      overrides: { 'Deployment/web': { replicas: 7 } },
    });
    expect(replicasOf([web], { spec }).spec).toMatchObject({ replicas: 7 });
  });

  it('are not said where an autoscaler decides, rendered or live', () => {
    expect(replicasOf([web, scaler]).spec).not.toHaveProperty('replicas');
    const live = { hpaTargets: new Set(['Deployment/web']) };
    expect(replicasOf([web], live).spec).not.toHaveProperty('replicas');
  });

  it('are none while asleep, even under an autoscaler', () => {
    const spec = environmentSpec({ asleep: true });
    expect(replicasOf([web, scaler], { spec }).spec).toMatchObject({
      replicas: 0,
    });
  });

  it('that cannot be set are named in notes', () => {
    const spec = environmentSpec({
      overrides: {
        'Deployment/web': { replicas: 7 },
        'Deployment/other': { replicas: 1 },
      },
    });
    const { notes } = replicasOf([web, scaler], { spec });
    expect(notes.map(({ subject }) => subject)).toEqual([
      'Deployment/other',
      'Deployment/web',
    ]);
  });

  it('of a CronJob are its suspension, and a DaemonSet stays awake', () => {
    const pod = {
      spec: {
        restartPolicy: 'Never',
        securityContext: POD_SECURITY_CONTEXT,
        containers: [container()],
      },
    };
    const cron: JsonObject = {
      apiVersion: 'batch/v1',
      kind: 'CronJob',
      metadata: { name: 'nightly' },
      spec: { schedule: '0 1 * * *', jobTemplate: { spec: { template: pod } } },
    };
    const daemon = { ...deployment({ name: 'agent' }), kind: 'DaemonSet' };
    const { manifests, notes } = render([cron, daemon], {
      spec: environmentSpec({ asleep: true }),
    });
    expect(manifests).toMatchObject([
      { kind: 'CronJob', spec: { suspend: true } },
      {},
    ]);
    expect(notes).toMatchObject([
      {
        subject: 'DaemonSet/agent',
        message: expect.stringContaining('not put to sleep'),
      },
    ]);
  });
});
