// SPDX-License-Identifier: Apache-2.0
import { resourceTypeOf } from '../../modules/resourceTypes';
import { EffectsBench } from './__testUtils__/EffectsBench';
import { plannedEnvironment } from './testing/plannedEnvironment';

let bench: EffectsBench;

beforeEach(async () => {
  bench = await EffectsBench.start('eu', 'us');
});
afterEach(() => bench.stop());

const web = [{ name: 'web' }];
const dev = (image?: string) => plannedEnvironment([{ name: 'web', image }]);
const prod = () =>
  plannedEnvironment(web, {
    environment: 'prod',
    cluster: 'us',
    namespaces: ['shop-prod'],
    applySetId: 'applyset-prod',
  });

const writes = () =>
  Object.keys(bench.cluster().sim.requests.counts()).filter(what =>
    /^(create|update|patch|delete) (?!.*reviews)/.test(what),
  );

/** Marks an object of the environment as Flux does. */
function deliver(resource: string, name: string): void {
  const isNamespace = resource === 'namespaces';
  const where = isNamespace ? { name } : { name, namespace: 'shop-dev' };
  bench.cluster().sim.objects.modify(resource, where, draft => {
    draft.metadata.labels = {
      ...draft.metadata.labels,
      'kustomize.toolkit.fluxcd.io/name': 'shop',
      'kustomize.toolkit.fluxcd.io/namespace': 'apps',
    };
  });
  bench.cluster().sim.requests.reset();
}

it('an environment that Flux delivers is rendered, and nothing is written to its cluster', async () => {
  await bench.apply([dev()]);
  deliver('namespaces', 'shop-dev');
  const { errors, files, log } = await bench.apply([dev('app:2')]);
  expect(errors).toEqual([]);
  expect(writes()).toEqual([]);
  expect(log).toEqual([
    'Flux (Kustomization apps/shop) delivers dev: Namespace shop-dev carries its mark. Nothing is written to the cluster; what changes is rendered as files for its repository.',
  ]);
  const paths = files.map(({ path }) => path);
  expect(paths).toEqual(
    expect.arrayContaining([
      'eu/shop/dev/deployment-web.yaml',
      'eu/shop/dev/namespace-shop-dev.yaml',
      'eu/shop/dev/record.yaml',
    ]),
  );
  const deployment = files.find(({ path }) => path.endsWith('-web.yaml'));
  expect(deployment?.content).toContain('app:2');
});

it('a mark that a member put on a workload keeps nobody away', async () => {
  await bench.apply([dev()]);
  deliver('deployments.apps', 'web');
  const { errors, files } = await bench.apply([dev('app:2')]);
  expect(errors).toEqual([]);
  expect(files).toEqual([]);
  expect(writes()).not.toEqual([]);
});

it('of several environments the others are applied', async () => {
  await bench.apply([dev(), prod()]);
  deliver('namespaces', 'shop-dev');
  const changed = {
    ...prod(),
    ...plannedEnvironment([{ name: 'web', image: 'app:2' }], prod().record),
  };
  const { errors, files } = await bench.apply([dev('app:2'), changed]);
  expect(errors).toEqual([]);
  expect(writes()).toEqual([]);
  expect(files.every(({ path }) => path.startsWith('eu/'))).toBe(true);
  expect(files.length).toBeGreaterThan(0);
  const live = await bench
    .cluster('us')
    .api.get(resourceTypeOf('apps/v1', 'Deployment'), {
      name: 'web',
      namespace: 'shop-prod',
      project: json => json.toString('utf8'),
      signal: new AbortController().signal,
    });
  expect(live).toContain('app:2');
});

it('a namespace that Argo CD delivers is adopted by files', async () => {
  const { objects, requests } = bench.cluster().sim;
  objects.create('namespaces', {
    apiVersion: 'v1',
    kind: 'Namespace',
    metadata: {
      name: 'old-shop',
      annotations: {
        'argocd.argoproj.io/tracking-id': 'old:/Namespace:/old-shop',
      },
    },
  });
  requests.reset();
  const { errors, files } = await bench.run(
    {
      type: 'adopt',
      cluster: 'eu',
      namespaces: ['old-shop'],
      environment: 'old',
      tier: 'bronze',
    },
    [
      plannedEnvironment([], {
        environment: 'old',
        namespaces: ['old-shop'],
        revision: 0,
      }),
    ],
  );
  expect(errors).toEqual([]);
  expect(writes()).toEqual([]);
  expect(files.map(({ path }) => path)).toContain('eu/shop/old/record.yaml');
});

it('what else runs in the namespaces is left alone by a sleep that is only rendered', async () => {
  await bench.apply([dev()]);
  const { objects } = bench.cluster().sim;
  objects.create('deployments.apps', {
    apiVersion: 'apps/v1',
    kind: 'Deployment',
    metadata: { namespace: 'shop-dev', name: 'by-hand' },
    spec: {
      replicas: 2,
      selector: { matchLabels: { app: 'by-hand' } },
      template: {
        metadata: { labels: { app: 'by-hand' } },
        spec: { containers: [{ name: 'main', image: 'app:1' }] },
      },
    },
  });
  const byHand = () =>
    objects.get('deployments.apps', { namespace: 'shop-dev', name: 'by-hand' })
      ?.spec;
  deliver('namespaces', 'shop-dev');
  const asleep = await bench.run({ type: 'sleep' }, [dev()]);
  expect(asleep.files.length).toBeGreaterThan(0);
  expect(writes()).toEqual([]);
  expect(byHand()).toMatchObject({ replicas: 2 });
});

it('a delete is refused with what to do in the repository', async () => {
  await bench.apply([dev()]);
  deliver('namespaces', 'shop-dev');
  const { errors } = await bench.run({ type: 'delete' }, [
    plannedEnvironment([], { state: 'retained' }, await bench.record()),
  ]);
  expect(errors).toEqual([
    {
      reason: 'ManagedByFiles',
      message:
        'Flux (Kustomization apps/shop) delivers dev: use the template that decommissions by pull request, or remove its files in the repository, but those of its namespaces and volume claims.',
      retryable: false,
    },
  ]);
  expect(writes()).toEqual([]);
});
