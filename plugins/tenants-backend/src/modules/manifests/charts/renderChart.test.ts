// SPDX-License-Identifier: Apache-2.0
import type {
  ChartRef,
  JsonObject,
} from '@tenantry/backstage-plugin-tenants-node/definitions';
import { renderEnvironment } from '../renderEnvironment';
import type { ChartSettings, RenderInput } from '../RenderInput';
import {
  environmentSpec,
  plannedModule,
  renderInput,
  SETTINGS,
} from '../testing/renderInput';

const FLUX: ChartSettings = {
  kind: 'flux',
  source: 'GitRepository/charts',
  pathTemplate: 'charts/{name}',
};
const ARGO: ChartSettings = {
  kind: 'argocd',
  source: 'https://git.example/charts.git',
  pathTemplate: 'charts/{name}/{version}',
};

function render(
  chart: ChartRef,
  charts: ChartSettings | undefined,
  input: Partial<RenderInput> & { readonly values?: JsonObject } = {},
) {
  const { values = {}, ...others } = input;
  const module = plannedModule({
    name: 'lake',
    content: { kind: 'chart', chart, values },
    parameters: { replicas: 2 },
    release: { footprint: { cpu: '1' } },
  });
  const result = renderEnvironment(
    renderInput({
      modules: [module],
      settings: { ...SETTINGS, charts },
      ...others,
    }),
  );
  const manifests = result.objects
    .filter(object => object.module === 'lake')
    .map(({ manifest }) => manifest);
  return { ...result, manifests };
}

describe('a chart', () => {
  it('is refused where no controller installs charts', () => {
    const { manifests, refusals } = render({ name: 'lake' }, undefined);
    expect(manifests).toEqual([]);
    expect(refusals).toMatchObject([
      {
        rule: 'charts-not-configured',
        message: expect.stringContaining('lake'),
        fixes: [{ label: expect.stringContaining('tenants.charts') }],
      },
    ]);
  });

  it('without a repository is a path of the configured source', () => {
    const { manifests, refusals } = render({ name: 'lake' }, FLUX);
    expect(refusals).toEqual([]);
    expect(manifests).toMatchObject([
      {
        kind: 'HelmRelease',
        metadata: { name: 'acme-prod-lake', namespace: 'acme-prod' },
        spec: {
          releaseName: 'acme-prod-lake',
          targetNamespace: 'acme-prod',
          storageNamespace: 'acme-prod',
          chart: {
            spec: {
              chart: './charts/lake',
              sourceRef: {
                kind: 'GitRepository',
                name: 'charts',
                namespace: 'flux-system',
              },
            },
          },
        },
      },
    ]);
  });

  it('of a repository brings its source into the environment', () => {
    const chart = {
      name: 'lake',
      repo: 'https://charts.example',
      version: '1.0.0',
    };
    expect(render(chart, FLUX).manifests).toMatchObject([
      { kind: 'HelmRepository', spec: { url: 'https://charts.example' } },
      {
        kind: 'HelmRelease',
        spec: {
          chart: {
            spec: {
              chart: 'lake',
              version: '1.0.0',
              sourceRef: { kind: 'HelmRepository', name: 'acme-prod-lake' },
            },
          },
        },
      },
    ]);
  });

  it('of a registry is an OCIRepository', () => {
    const chart = {
      name: 'lake',
      repo: 'oci://registry.example/charts/',
      version: '1.0.0',
    };
    expect(render(chart, FLUX).manifests).toMatchObject([
      {
        kind: 'OCIRepository',
        spec: {
          url: 'oci://registry.example/charts/lake',
          ref: { tag: '1.0.0' },
        },
      },
      {
        kind: 'HelmRelease',
        spec: { chartRef: { kind: 'OCIRepository', name: 'acme-prod-lake' } },
      },
    ]);
  });

  it('is an Application of Argo CD where that is configured', () => {
    expect(render({ name: 'lake' }, ARGO).manifests).toMatchObject([
      {
        kind: 'Application',
        metadata: {
          name: 'acme-prod-lake',
          namespace: 'argocd',
          finalizers: ['resources-finalizer.argocd.argoproj.io'],
        },
        spec: {
          project: 'default',
          destination: {
            server: 'https://kubernetes.default.svc',
            namespace: 'acme-prod',
          },
          source: {
            repoURL: 'https://git.example/charts.git',
            path: 'charts/lake/1.2.3',
            targetRevision: 'HEAD',
          },
        },
      },
    ]);
    const chart = {
      name: 'lake',
      repo: 'oci://registry.example/charts',
      version: '1.0.0',
    };
    expect(render(chart, ARGO).manifests).toMatchObject([
      {
        spec: {
          source: {
            repoURL: 'registry.example/charts',
            chart: 'lake',
            targetRevision: '1.0.0',
          },
        },
      },
    ]);
  });

  it('gets its values with parameters in them, and who it is for', () => {
    const values = {
      master: { replicas: '${{ parameters.replicas }}' },
      global: { storageClass: 'fast' },
    };
    const expected = {
      master: { replicas: 2 },
      global: {
        storageClass: 'fast',
        tenantry: {
          tenant: 'acme',
          environment: 'prod',
          namespace: 'acme-prod',
          tier: 'bronze',
          module: 'lake',
        },
      },
    };
    expect(render({ name: 'lake' }, FLUX, { values }).manifests).toMatchObject([
      { spec: { values: expected } },
    ]);
    expect(render({ name: 'lake' }, ARGO, { values }).manifests).toMatchObject([
      { spec: { source: { helm: { valuesObject: expected } } } },
    ]);
  });

  it('has its objects labelled by the controller', () => {
    const { spec } = render({ name: 'lake' }, FLUX).manifests[0];
    expect(JSON.stringify(spec)).toContain(
      '\\"tenantry.dev/module\\":\\"lake\\"',
    );
  });

  it('is said to be estimated, and not to sleep by itself', () => {
    const spec = environmentSpec({ asleep: true });
    const { manifests, notes } = render({ name: 'lake' }, FLUX, { spec });
    expect(manifests).toMatchObject([{ spec: { suspend: true } }]);
    expect(notes.map(({ kind }) => kind)).toEqual(['estimated', 'warning']);
    const argo = render({ name: 'lake' }, ARGO, { spec });
    expect(argo.manifests[0].spec).not.toHaveProperty('syncPolicy');
  });

  it.each<[string, ChartRef]>([
    ['a path as its name', { name: '../../etc' }],
    [
      'an address that is no web address',
      { name: 'lake', repo: 'file:///etc' },
    ],
    [
      'credentials in its address',
      { name: 'lake', repo: 'https://u:p@x.example' },
    ],
    ['no version', { name: 'lake', version: 'a\nb' }],
  ])('with %s is refused', (_, chart) => {
    const { manifests, refusals } = render(chart, FLUX);
    expect(manifests).toEqual([]);
    expect(refusals).toMatchObject([{ rule: 'manifest' }]);
  });

  it('is refused when the cluster has no such controller', () => {
    const { refusals } = render({ name: 'lake' }, FLUX, {
      cluster: { serves: (_, kind) => kind !== 'HelmRelease' },
    });
    expect(refusals).toMatchObject([{ rule: 'kind-not-served' }]);
  });
});
