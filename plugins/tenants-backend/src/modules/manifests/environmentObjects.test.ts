// SPDX-License-Identifier: Apache-2.0
import { renderEnvironment } from './renderEnvironment';
import { environmentSpec, renderInput, SETTINGS } from './testing/renderInput';
import type { RenderInput } from './RenderInput';
import { validateOffline } from './validateOffline';

function environment(input: Partial<RenderInput> = {}) {
  const { objects, refusals, notes } = renderEnvironment(renderInput(input));
  return {
    manifests: objects.map(({ manifest }) => manifest),
    names: objects.map(
      ({ manifest }) => `${manifest.kind}/${manifest.metadata.name}`,
    ),
    refusals,
    notes,
  };
}

describe('objects of an environment', () => {
  it('are made in the order in which they need each other', () => {
    expect(environment().names).toEqual([
      'Namespace/acme-prod',
      'ResourceQuota/acme-prod-quota',
      'LimitRange/acme-prod-limits',
      'NetworkPolicy/tenancy-allow-dns',
      'NetworkPolicy/tenancy-allow-same-namespace',
      'NetworkPolicy/tenancy-default-deny',
      'ServiceAccount/default',
      'ServiceAccount/tenancy-workload',
    ]);
  });

  it('are in each of several namespaces, which may talk to each other', () => {
    const { manifests } = environment({ moreNamespaces: ['acme-jobs'] });
    const of = (namespace: string) =>
      manifests
        .filter(
          ({ kind, metadata }) =>
            metadata.namespace === namespace ||
            (kind === 'Namespace' && metadata.name === namespace),
        )
        .map(({ kind }) => kind)
        .sort();
    expect(of('acme-jobs')).toEqual(of('acme-prod'));
    expect(of('acme-jobs')).toEqual(
      expect.arrayContaining(['LimitRange', 'Namespace', 'ResourceQuota']),
    );
    const peers = manifests
      .filter(({ metadata }) => metadata.name === 'tenancy-allow-environment')
      .map(({ metadata, spec }) => [
        metadata.namespace,
        JSON.stringify(spec).match(/"values":\[[^\]]*\]/g),
      ]);
    const values = (name: string) => Array(2).fill(`"values":["${name}"]`);
    expect(peers).toEqual([
      ['acme-prod', values('acme-jobs')],
      ['acme-jobs', values('acme-prod')],
    ]);
  });

  it('fit Kubernetes’ own schemas', () => {
    const { manifests } = environment({
      members: [{ kind: 'User', name: 'ann', role: 'admin' }],
      settings: {
        ...SETTINGS,
        networkPolicy: {
          ingressNamespaces: ['ingress-nginx'],
          egress: [{ cidr: '0.0.0.0/0', except: ['10.0.0.0/8'], ports: [443] }],
        },
      },
    });
    expect(manifests.map(validateOffline)).toEqual(
      manifests.map(() => undefined),
    );
    expect(manifests).toHaveLength(13);
  });

  it('carry the labels of tenant and ApplySet with the configured prefix', () => {
    const { manifests } = environment({
      settings: { ...SETTINGS, labels: { prefix: 'platform.example' } },
    });
    for (const { metadata } of manifests) {
      expect(metadata.labels).toMatchObject({
        'platform.example/tenant': 'acme',
        'platform.example/environment': 'prod',
        'app.kubernetes.io/managed-by': 'tenantry',
        'applyset.kubernetes.io/part-of': 'applyset-abc-v1',
      });
    }
  });

  it('lie in the environment’s namespace', () => {
    const [namespace, ...others] = environment({
      members: [{ kind: 'User', name: 'ann', role: 'admin' }],
    }).manifests;
    expect(namespace.metadata.namespace).toBeUndefined();
    expect(new Set(others.map(o => o.metadata.namespace))).toEqual(
      new Set(['acme-prod']),
    );
  });

  it('enforce the configured Pod Security level and warn of restricted', () => {
    const [namespace] = environment({
      settings: { ...SETTINGS, podSecurity: 'baseline' },
    }).manifests;
    expect(namespace.metadata.labels).toMatchObject({
      'pod-security.kubernetes.io/enforce': 'baseline',
      'pod-security.kubernetes.io/audit': 'restricted',
      'pod-security.kubernetes.io/warn': 'restricted',
    });
    expect(namespace.metadata.annotations).toEqual({
      'tenantry.dev/owner': 'group:default/team-a',
    });
  });

  it('say that a tier leaves a resource unlimited', () => {
    const { notes } = environment({
      tier: { name: 'free', displayName: 'Free', quota: { pods: '10' } },
    });
    expect(notes).toMatchObject([
      {
        kind: 'warning',
        message: expect.stringContaining('requests.cpu, limits.cpu'),
      },
    ]);
  });

  it('never make the platform’s namespace an environment', () => {
    const { refusals } = environment({ namespace: 'tenantry-system' });
    expect(refusals).toMatchObject([{ rule: 'invalid-name' }]);
  });

  it('say the name of the tier asked for', () => {
    const [namespace] = environment({
      spec: environmentSpec({ tier: 'bronze' }),
    }).manifests;
    expect(namespace.metadata.labels).toMatchObject({
      'tenantry.dev/tier': 'bronze',
    });
  });
});
