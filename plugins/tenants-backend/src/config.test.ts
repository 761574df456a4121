// SPDX-License-Identifier: Apache-2.0
import { ConfigReader } from '@backstage/config';
import { readTenantsConfig } from './config';

const read = (tenants?: object) =>
  readTenantsConfig(
    new ConfigReader(tenants ? JSON.parse(JSON.stringify({ tenants })) : {}),
  );

describe('readTenantsConfig', () => {
  it('has defaults for everything', () => {
    expect(read()).toEqual({
      labels: { preset: 'tenantry', prefix: 'tenantry.dev' },
      kubernetes: { access: 'auto' },
      apply: 'direct',
      readOnly: false,
      clusters: new Map(),
    });
  });

  it('reads labels and clusters', () => {
    const config = read({
      labels: { preset: 'capsule', prefix: 'example.com' },
      clusters: { east: { trust: 'member' }, west: {} },
    });
    expect(config.labels).toEqual({ preset: 'capsule', prefix: 'example.com' });
    expect(config.clusters.get('east')).toEqual({
      trust: 'member',
    });
    expect(
      read({
        clusters: { east: { namespaces: ['shop', 'web-2'] } },
      }).clusters.get('east')?.namespaces,
    ).toEqual(['shop', 'web-2']);
    expect(config.clusters.get('west')?.trust).toBe('authoritative');
  });

  it.each([
    [
      { labels: { preset: 'none' } },
      'tenants.labels.preset must be one of tenantry',
    ],
    [{ labels: { prefix: 'A B' } }, 'tenants.labels.prefix must be a DNS name'],
    [
      { clusters: { east: { trust: 'yes' } } },
      'tenants.clusters.east.trust must be one of authoritative, member',
    ],
    [
      { kubernetes: { access: 'direct' } },
      'tenants.kubernetes.access must be one of auto, inProcess, proxy',
    ],
    [
      { clusters: { east: { namespaces: [] } } },
      'tenants.clusters.east.namespaces must name 1 to 50 namespaces; it names 0',
    ],
    [
      { clusters: { east: { namespaces: Array(51).fill('a') } } },
      'tenants.clusters.east.namespaces must name 1 to 50 namespaces; it names 51',
    ],
    [
      { clusters: { east: { namespaces: ['shop', 'a/b'] } } },
      'tenants.clusters.east.namespaces must hold names of namespaces',
    ],
    [{ clusters: { east: { namespaces: ['a'.repeat(64)] } } }, 'at most 63'],
    [
      { clusters: { east: { namespaces: ['shop', 'shop'] } } },
      'tenants.clusters.east.namespaces names "shop" twice',
    ],
  ])('refuses %j, quoting the key', (tenants, words) => {
    expect(() => read(tenants)).toThrow(words);
  });
});
