// SPDX-License-Identifier: Apache-2.0
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseAllDocuments } from 'yaml';
import { createDemoConfig } from './demoConfig';
import { localUser, personas } from './personas';

it('hands the clusters to the Kubernetes plugin and moves every address to the port', () => {
  const cluster = {
    name: 'eu-west',
    url: 'http://127.0.0.1:4001',
    authProvider: 'serviceAccount',
    serviceAccountToken: 'token',
  };
  const config = createDemoConfig({
    port: 8123,
    clusters: [cluster],
    personas,
  });
  expect(config).toMatchObject({
    app: { baseUrl: 'http://localhost:8123' },
    backend: {
      baseUrl: 'http://localhost:8123',
      listen: { port: 8123 },
      cors: { origin: 'http://localhost:8123' },
    },
    kubernetes: {
      clusterLocatorMethods: [{ type: 'config', clusters: [cluster] }],
    },
  });
});

it('never says where to listen: that stays what the loopback check has seen', () => {
  const config = createDemoConfig({ port: 1, clusters: [], personas });
  expect(config.backend).not.toHaveProperty('listen.host');
});

it('lets nothing be written to clusters that are only shown', () => {
  const scene = { port: 1, clusters: [], personas };
  expect(createDemoConfig(scene).tenants).toMatchObject({ readOnly: false });
  expect(createDemoConfig({ ...scene, readOnly: true }).tenants).toMatchObject({
    readOnly: true,
  });
});

it('offers the portal’s own Kubernetes tab on clusters that are only shown', () => {
  const scene = { port: 1, clusters: [], personas };
  expect(createDemoConfig(scene).tenants).toMatchObject({
    catalog: { kubernetesAnnotations: false },
  });
  expect(createDemoConfig({ ...scene, readOnly: true }).tenants).toMatchObject({
    catalog: { kubernetesAnnotations: true },
  });
});

it('has a user in the examples for every persona', () => {
  const file = join(__dirname, '../../../../examples/org.yaml');
  const users = parseAllDocuments(readFileSync(file, 'utf8'))
    .map(document => document.toJS())
    .filter(entity => entity.kind === 'User')
    .map(entity => entity.metadata.name);
  expect(users).toEqual(
    expect.arrayContaining([...personas, localUser].map(p => p.name)),
  );
});
