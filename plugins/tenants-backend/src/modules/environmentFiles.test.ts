// SPDX-License-Identifier: Apache-2.0
import { parse } from 'yaml';
import { fromConfigMap } from '../records/recordConfigMap';
import { recordOf } from '../records/testing/recordOf';
import { environmentFiles } from './environmentFiles';

const place = { systemNamespace: 'tenantry-system', prefix: 'tenantry.dev' };

function environment(name: string, cluster = 'eu') {
  const record = recordOf({ environment: name, cluster, revision: 0 });
  const manifest = {
    apiVersion: 'v1',
    kind: 'Service',
    metadata: { name: 'web', namespace: `shop-${name}` },
  };
  return { name, cluster, record, objects: [{ manifest, wave: 0 }] };
}

const pathsOf = (...environments: ReturnType<typeof environment>[]) =>
  environmentFiles(environments, place).map(({ path }) => path);

it('has objects and record of each environment, and the namespace of records once per cluster', () => {
  expect(
    pathsOf(environment('dev'), environment('prod'), environment('far', 'us')),
  ).toEqual([
    'eu/namespace-tenantry-system.yaml',
    'eu/shop/dev/record.yaml',
    'eu/shop/dev/service-web.yaml',
    'eu/shop/prod/record.yaml',
    'eu/shop/prod/service-web.yaml',
    'us/namespace-tenantry-system.yaml',
    'us/shop/far/record.yaml',
    'us/shop/far/service-web.yaml',
  ]);
});

it('files a record that is read as the environment once a cluster has it, and that takes no fence back', () => {
  const [, { content }] = environmentFiles([environment('dev')], place);
  const manifest = parse(content);
  expect(manifest.metadata.namespace).toBe('tenantry-system');
  expect(Object.keys(manifest.metadata.annotations)).not.toContain(
    'tenantry.dev/fence',
  );
  const stored = { uid: 'u1', resourceVersion: '1' };
  const metadata = { ...manifest.metadata, ...stored };
  const read = fromConfigMap(
    { ...manifest, metadata },
    {
      ...place,
      cluster: 'eu',
    },
  );
  expect(read).toMatchObject({
    record: {
      ...recordOf({ revision: 1 }),
      fence: 0,
      places: { 'v1/Service': ['shop-dev'] },
      stored,
    },
  });
});
