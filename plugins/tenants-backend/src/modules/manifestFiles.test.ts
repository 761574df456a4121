// SPDX-License-Identifier: Apache-2.0
import type { KubeManifest } from '@tenantry/backstage-plugin-tenants-node';
import { parse } from 'yaml';
import type { EnvironmentRecord } from '../records/EnvironmentRecord';
import { manifestFiles } from './manifestFiles';

const record: EnvironmentRecord = {
  tenant: 'shop',
  environment: 'prod',
  cluster: 'east',
  namespaces: ['shop-prod'],
  state: 'active',
  spec: {
    name: 'prod',
    cluster: 'east',
    tier: 'bronze',
    modules: [],
    members: [],
    asleep: false,
    overrides: {},
  },
  revision: 1,
  releases: {},
  definitions: 'd',
  fence: 1,
  applySetId: 'a',
};

function environment(manifests: readonly KubeManifest[]) {
  const objects = manifests.map(manifest => ({ manifest, wave: 0 }));
  return { name: 'prod', cluster: 'east', record, objects };
}

const named = (kind: string, name: string, apiVersion = 'v1') => ({
  apiVersion,
  kind,
  metadata: { name, namespace: 'shop-prod' },
});

it('gives each object a file of its own, in the folder of its environment', () => {
  const manifest = named('ConfigMap', 'settings');
  const files = manifestFiles([
    environment([named('Service', 'web'), manifest]),
  ]);
  expect(files.map(({ path }) => path)).toEqual([
    'east/shop/prod/configmap-settings.yaml',
    'east/shop/prod/service-web.yaml',
  ]);
  expect(parse(files[0].content)).toEqual(manifest);
});

it('never writes a Secret', () => {
  expect(manifestFiles([environment([named('Secret', 'token')])])).toEqual([]);
});

it('keeps two objects of one kind and name apart by their API group', () => {
  const files = manifestFiles([
    environment([
      named('Ingress', 'web', 'networking.k8s.io/v1'),
      named('Ingress', 'web', 'example.com/v1'),
    ]),
  ]);
  expect(new Set(files.map(({ path }) => path)).size).toBe(2);
});

it('lets no name leave its folder', () => {
  const [{ path }] = manifestFiles([
    environment([named('ConfigMap', '../../../etc/passwd')]),
  ]);
  expect(path).toBe('east/shop/prod/configmap-..-..-..-etc-passwd.yaml');
});

it('is the same for the same input, whatever the order of the objects', () => {
  const both = [named('Service', 'web'), named('Deployment', 'web', 'apps/v1')];
  expect(manifestFiles([environment([...both].reverse())])).toEqual(
    manifestFiles([environment(both)]),
  );
});
