// SPDX-License-Identifier: Apache-2.0
import type {
  TenantClaim,
  TenantSource,
} from '@tenantry/backstage-plugin-tenants-node';
import { createFakeClusterView, namespaceObject } from '../informers/testing';
import { createTenantDerivation } from './createTenantDerivation';
import { tenancyPreset } from './presets';
import { TenantSources } from './TenantSources';

const now = new Date('2026-01-01T00:00:00Z');

function source(id: string, claim: TenantClaim | undefined): TenantSource {
  return { id, claimOf: ({ name }) => (name === 'web' ? claim : undefined) };
}

function derivationWith(sources: TenantSources) {
  return createTenantDerivation({
    labels: tenancyPreset('tenantry'),
    trustOf: () => 'authoritative',
    sources,
  });
}

const labelled = namespaceObject({
  name: 'web',
  labels: { 'tenantry.dev/tenant': 'shop', 'tenantry.dev/tier': 'gold' },
  annotations: { 'tenantry.dev/owner': 'group:default/shop' },
});
const plain = namespaceObject({ name: 'web' });

describe('TenantSources', () => {
  it('asks an additional source only where the labels name no tenant', () => {
    const sources = new TenantSources();
    sources.addSource(source('cmdb', { tenant: 'bank' }));
    const { tenantOf } = derivationWith(sources);
    expect(tenantOf('east', labelled)).toBe('shop');
    expect(tenantOf('east', plain)).toBe('bank');
    expect(
      tenantOf('east', namespaceObject({ name: 'other' })),
    ).toBeUndefined();
  });

  it('asks an alternative source instead of the labels, and additional ones after it by id', () => {
    const sources = new TenantSources();
    sources.addSource(source('b', { tenant: 'second' }));
    sources.addSource(source('c', { tenant: 'third' }));
    const { tenantOf } = derivationWith(sources);
    expect(tenantOf('east', plain)).toBe('second');
    sources.addSource(source('z', undefined), { role: 'alternative' });
    expect(tenantOf('east', labelled)).toBe('second');
    expect(() =>
      sources.addSource(source('y', undefined), { role: 'alternative' }),
    ).toThrow('"y" is refused: z takes the labels’ place already');
  });

  it('tells the source the cluster, and reads from the labels what a claim leaves out', () => {
    const sources = new TenantSources();
    const claimOf: TenantSource['claimOf'] = ({ cluster }) => ({
      tenant: `on-${cluster}`,
      environment: cluster === 'east' ? 'prod' : 'not/a value',
    });
    sources.addSource({ id: 's', claimOf }, { role: 'alternative' });
    const { derive } = derivationWith(sources);
    const places = ['east', 'west'].map(name => ({
      view: createFakeClusterView({ name }),
      namespaces: [{ ...labelled, uid: name }],
    }));
    const { tenant } = derive('on-east', places, now);
    expect(tenant).toMatchObject({
      owner: 'group:default/shop',
      tier: 'gold',
      environments: [
        { name: 'default', cluster: 'west' },
        { name: 'prod', cluster: 'east' },
      ],
    });
  });

  it.each(['kube-system', 'UPPER', '__proto__'])(
    'puts a namespace in no tenant when a source names it %s',
    tenant => {
      const sources = new TenantSources();
      sources.addSource(source('cmdb', { tenant }));
      expect(derivationWith(sources).tenantOf('east', plain)).toBeUndefined();
    },
  );

  it('tells when a source’s answers change, until stopped', () => {
    const sources = new TenantSources();
    const listeners = new Set<() => void>();
    sources.addSource({
      ...source('cmdb', undefined),
      onChange: listener => {
        listeners.add(listener);
        return () => listeners.delete(listener);
      },
    });
    sources.addSource(source('static', undefined));
    let told = 0;
    const stop = derivationWith(sources).onChange(() => told++);
    for (const listener of listeners) listener();
    stop();
    expect([told, listeners.size]).toEqual([1, 0]);
  });
});
