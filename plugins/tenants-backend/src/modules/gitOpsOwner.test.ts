// SPDX-License-Identifier: Apache-2.0
import { deliveredText, firstDelivered, gitOpsOwner } from './gitOpsOwner';

type Metadata = Readonly<Record<string, unknown>>;

const deployment = (metadata: Metadata) => ({
  apiVersion: 'apps/v1',
  kind: 'Deployment',
  metadata: { name: 'web', namespace: 'shop-dev', ...metadata },
});
const managed = (manager: string, fieldsV1: object, more: object = {}) => ({
  managedFields: [{ manager, operation: 'Apply', fieldsV1, ...more }],
});
const tracked = (id: string) => ({
  annotations: { 'argocd.argoproj.io/tracking-id': id },
});

describe('who delivers an object', () => {
  it.each<[string, Metadata, ReturnType<typeof gitOpsOwner>]>([
    [
      'a Kustomization of Flux, by its labels',
      {
        labels: {
          'kustomize.toolkit.fluxcd.io/name': 'shop',
          'kustomize.toolkit.fluxcd.io/namespace': 'apps',
        },
      },
      { tool: 'Flux', by: 'Kustomization apps/shop' },
    ],
    [
      'a HelmRelease of Flux, by its labels',
      { labels: { 'helm.toolkit.fluxcd.io/name': 'web' } },
      { tool: 'Flux', by: 'HelmRelease web' },
    ],
    [
      'an Application of Argo CD, by its tracking id',
      tracked('shop:apps/Deployment:shop-dev/web'),
      { tool: 'Argo CD', by: 'Application shop' },
    ],
    [
      'an Application, by the label that Argo CD can be told to use',
      { labels: { 'argocd.argoproj.io/instance': 'shop' } },
      { tool: 'Argo CD', by: 'Application shop' },
    ],
    [
      'a controller that has set its fields and left no mark',
      managed('kustomize-controller', { 'f:spec': {} }),
      { tool: 'Flux', by: 'kustomize-controller' },
    ],
    [
      'Argo CD applying on the server',
      managed('argocd-controller', { 'f:metadata': { 'f:labels': {} } }),
      { tool: 'Argo CD', by: 'argocd-controller' },
    ],
  ])('%s', (_, metadata, owner) => {
    expect(gitOpsOwner(deployment(metadata))).toEqual(owner);
  });

  it.each<[string, Metadata]>([
    ['without marks', {}],
    [
      'of a chart, whose instance label is no mark of Argo CD',
      { labels: { 'app.kubernetes.io/instance': 'web' } },
    ],
    [
      'with a tracking id copied from another object',
      tracked('shop:apps/StatefulSet:shop-dev/web'),
    ],
    ['with a tracking id nobody can read', tracked('shop')],
    [
      'that we have applied',
      managed('tenantry', { 'f:spec': { 'f:replicas': {} } }),
    ],
    [
      'to which a controller has only written its status',
      managed('helm-controller', { 'f:status': {} }, { subresource: 'status' }),
    ],
    [
      'to which a controller has only put its finalizer',
      managed('helm-controller', { 'f:metadata': { 'f:finalizers': {} } }),
    ],
  ])('nobody, where it is one %s', (_, metadata) => {
    expect(gitOpsOwner(deployment(metadata))).toBeUndefined();
  });

  it('nobody, where a controller writes to the kind it works on', () => {
    const release = {
      ...deployment(managed('helm-controller', { 'f:spec': {} })),
      apiVersion: 'helm.toolkit.fluxcd.io/v2',
      kind: 'HelmRelease',
    };
    expect(gitOpsOwner(release)).toBeUndefined();
    const labels = { 'kustomize.toolkit.fluxcd.io/name': 'shop' };
    expect(
      gitOpsOwner({ ...release, metadata: { ...release.metadata, labels } }),
    ).toEqual({ tool: 'Flux', by: 'Kustomization shop' });
  });
});

describe('of the objects of an environment', () => {
  const quota = (metadata: Metadata) => ({
    apiVersion: 'v1',
    kind: 'ResourceQuota',
    metadata: { name: 'tier', namespace: 'shop-dev', ...metadata },
  });

  it('the first that is delivered is told', () => {
    const delivered = firstDelivered([
      quota({ name: 'more' }),
      quota(tracked('shop:/ResourceQuota:shop-dev/tier')),
    ]);
    expect(delivered?.subject).toBe('ResourceQuota tier');
    expect(delivered && deliveredText('dev', delivered)).toBe(
      'Argo CD (Application shop) delivers dev: ResourceQuota tier carries its mark. Nothing is written to the cluster; what changes is rendered as files for its repository.',
    );
    expect(firstDelivered([quota({})])).toBeUndefined();
  });

  it('none counts that a member of the tenant may mark', () => {
    const marked = deployment(tracked('shop:apps/Deployment:shop-dev/web'));
    expect(gitOpsOwner(marked)).toBeDefined();
    expect(firstDelivered([marked])).toBeUndefined();
  });
});
