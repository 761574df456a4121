// SPDX-License-Identifier: Apache-2.0
import { applyMergePatch } from '@tenantry/backstage-plugin-tenants-common';
import fc from 'fast-check';
import { FakeClusters } from '../__testUtils__/FakeClusters';
import {
  fakeDerivation,
  tenantNamespace,
} from '../__testUtils__/fakeDerivation';
import { FakeClock } from '../time/testing/FakeClock';
import type { TenantChange } from './TenantChange';
import type { TenantDerivation } from './TenantDerivation';
import { SNAPSHOT_LIMITS, TenantSnapshots } from './TenantSnapshots';

function start(derivation: TenantDerivation = fakeDerivation) {
  const clusters = new FakeClusters();
  const clock = new FakeClock();
  const stop = new AbortController();
  const failures: string[] = [];
  const changes: TenantChange[] = [];
  const snapshots = new TenantSnapshots({
    clusters,
    derivation,
    clock,
    onFailure: tenant => failures.push(tenant),
  });
  clusters.setCluster('east');
  clusters.setCluster('west');
  snapshots.onChange(change => changes.push(change));
  snapshots.start(stop.signal);
  const settle = () => clock.advance(SNAPSHOT_LIMITS.coalesceMs);
  return { clusters, clock, stop, snapshots, changes, failures, settle };
}

describe('TenantSnapshots', () => {
  it('derives only the tenants whose namespaces changed, once for all changes within 50 ms', () => {
    const derived: string[] = [];
    const { clusters, settle, clock } = start({
      ...fakeDerivation,
      derive(name, places, now) {
        derived.push(name);
        return fakeDerivation.derive(name, places, now);
      },
    });
    clusters.putNamespace('east', tenantNamespace('a', { tenant: 'shop' }));
    clusters.putNamespace('east', tenantNamespace('b', { tenant: 'bank' }));
    settle();
    derived.length = 0;
    for (const note of ['1', '2', '3']) {
      clusters.putNamespace(
        'east',
        tenantNamespace('a', { tenant: 'shop', note }),
      );
    }
    clock.advance(49);
    expect(derived).toEqual([]);
    clock.advance(1);
    expect(derived).toEqual(['shop']);
  });

  it('asks about every namespace again when the way to tell their tenants changed', () => {
    let tell = () => {};
    let suffix = '';
    const { clusters, settle, snapshots, stop } = start({
      ...fakeDerivation,
      tenantOf: (_cluster, { labels }) => `${labels.tenant}${suffix}`,
      onChange: listener => {
        tell = listener;
        return () => {
          tell = () => {};
        };
      },
    });
    clusters.putNamespace('east', tenantNamespace('a', { tenant: 'shop' }));
    settle();
    suffix = '2';
    tell();
    settle();
    expect([...snapshots.all()].map(s => s.tenant.name)).toEqual(['shop2']);
    const listening = tell;
    stop.abort();
    expect(tell).not.toBe(listening);
  });

  it('keeps a namespace in its tenant while the tenant cannot be told', () => {
    let broken = false;
    const { clusters, settle, snapshots, failures } = start({
      ...fakeDerivation,
      tenantOf: (_cluster, { labels }) => {
        if (broken) throw new Error('no answer');
        return labels.tenant;
      },
    });
    clusters.putNamespace('east', tenantNamespace('a', { tenant: 'shop' }));
    settle();
    broken = true;
    clusters.putNamespace('east', tenantNamespace('a', { tenant: 'bank' }));
    clusters.putNamespace('west', tenantNamespace('b', { tenant: 'bank' }));
    settle();
    expect([...snapshots.all()].map(s => s.tenant.name)).toEqual(['shop']);
    expect(failures).toContain('of east/a');
  });

  it('tells of namespaces that name a tenant that cannot be, until they no longer do', () => {
    const { clusters, settle, snapshots } = start({
      ...fakeDerivation,
      tenantOf: (_cluster, { labels }) =>
        labels.tenant === 'system' ? undefined : labels.tenant,
      refusalOf: ({ labels }) =>
        labels.tenant === 'system' ? 'The name is reserved.' : undefined,
    });
    const put = (name: string, tenant: string) =>
      clusters.putNamespace('east', tenantNamespace(name, { tenant }));
    put('a', 'system');
    put('b', 'system');
    put('c', 'shop');
    settle();
    expect(snapshots.problems()).toEqual([
      'The namespace east/a names a tenant that cannot be: The name is reserved. Others that do: 1.',
    ]);
    put('a', 'bank');
    clusters.removeNamespace('east', 'b');
    settle();
    expect(snapshots.problems()).toEqual([]);
  });

  it('tells nobody when the content is the same', () => {
    const { clusters, settle, changes } = start();
    const namespace = tenantNamespace('a', { tenant: 'shop' });
    clusters.putNamespace('east', namespace);
    settle();
    clusters.putNamespace('east', namespace);
    settle();
    expect(changes).toHaveLength(1);
  });

  it('gives equal content equal versions in every process', () => {
    const one = start();
    const two = start();
    for (const { clusters, settle } of [one, two]) {
      clusters.putNamespace('east', tenantNamespace('a', { tenant: 'shop' }));
      settle();
    }
    const version = one.snapshots.get('shop')?.version;
    expect(version).toMatch(/^[\w-]{22}$/);
    expect(two.snapshots.get('shop')?.version).toBe(version);
  });

  it('keeps the version while only the time of the data moves on', () => {
    const { clusters, settle, snapshots } = start();
    clusters.putNamespace('east', tenantNamespace('a', { tenant: 'shop' }));
    settle();
    const before = snapshots.get('shop')?.version;
    clusters.setObservedAt('2026-01-01T00:10:00.000Z');
    clusters.setCluster('east');
    settle();
    expect(snapshots.get('shop')?.version).toBe(before);
    expect(snapshots.observedAt(['east'])).toBe('2026-01-01T00:10:00.000Z');
  });

  it('removes a tenant when its synced cluster no longer has the namespace', () => {
    const { clusters, settle, snapshots, changes } = start();
    clusters.putNamespace('east', tenantNamespace('a', { tenant: 'shop' }));
    settle();
    clusters.removeNamespace('east', 'a');
    settle();
    expect(snapshots.get('shop')).toBeUndefined();
    expect(changes.at(-1)).toMatchObject({ name: 'shop', to: undefined });
  });

  it('keeps a tenant, stale, when its cluster vanishes', () => {
    const { clusters, settle, snapshots } = start();
    clusters.putNamespace(
      'east',
      tenantNamespace('a', { tenant: 'shop', health: 'Degraded' }),
    );
    settle();
    clusters.removeCluster('east');
    settle();
    const tenant = snapshots.get('shop')?.tenant;
    expect(tenant?.environments).toMatchObject([
      { cluster: 'east', freshness: 'stale' },
    ]);
    expect(tenant?.health.code).toBe('Degraded');
    expect(tenant?.partial).toMatchObject([
      { cluster: 'east', reason: 'NotSynced' },
    ]);
  });

  it('keeps the environments of a lost cluster beside those of the others, and forgets them once it is known that they are gone', () => {
    const { clusters, settle, snapshots } = start();
    clusters.putNamespace('east', tenantNamespace('a', { tenant: 'shop' }));
    clusters.putNamespace('west', tenantNamespace('b', { tenant: 'shop' }));
    settle();
    clusters.setCluster('east', { freshness: 'stale', objects: {} });
    settle();
    const places = () =>
      snapshots
        .get('shop')
        ?.tenant.environments.map(e => `${e.cluster}:${e.freshness}`);
    expect(places()?.sort()).toEqual(['east:stale', 'west:synced']);
    clusters.setCluster('east', { freshness: 'synced' });
    settle();
    expect(places()).toEqual(['west:synced']);
  });

  it('moves a namespace to another tenant when its label changes', () => {
    const { clusters, settle, snapshots } = start();
    clusters.putNamespace('east', tenantNamespace('a', { tenant: 'shop' }));
    settle();
    clusters.putNamespace('east', tenantNamespace('a', { tenant: 'bank' }));
    settle();
    expect([...snapshots.all()].map(s => s.tenant.name)).toEqual(['bank']);
  });

  it('keeps the last snapshot of a tenant that cannot be derived, and the others are unaffected', () => {
    let broken = '';
    const { clusters, settle, snapshots, failures } = start({
      ...fakeDerivation,
      derive(name, places, now) {
        if (name === broken) throw new Error('a bug');
        return fakeDerivation.derive(name, places, now);
      },
    });
    clusters.putNamespace('east', tenantNamespace('a', { tenant: 'shop' }));
    clusters.putNamespace('east', tenantNamespace('b', { tenant: 'bank' }));
    settle();
    const before = snapshots.get('shop');
    broken = 'shop';
    for (const [name, tenant] of Object.entries({ a: 'shop', b: 'bank' })) {
      clusters.putNamespace(
        'east',
        tenantNamespace(name, { tenant, note: 'x' }),
      );
    }
    settle();
    expect(failures).toEqual(['shop']);
    expect(snapshots.get('shop')).toBe(before);
    expect(snapshots.get('bank')?.tenant.environments[0].health.message).toBe(
      'x',
    );
  });

  it('derives again at the time the derivation names', () => {
    let late = false;
    const { clusters, clock, settle, snapshots } = start({
      ...fakeDerivation,
      derive(name, places, now) {
        const { tenant } = fakeDerivation.derive(name, places, now);
        return late
          ? { tenant: { ...tenant, tier: 'late' } }
          : { tenant, rederiveAt: new Date(now.getTime() + 5_000) };
      },
    });
    clusters.putNamespace('east', tenantNamespace('a', { tenant: 'shop' }));
    settle();
    late = true;
    clock.advance(3_900);
    expect(snapshots.get('shop')?.tenant.tier).toBeUndefined();
    clock.advance(2_200);
    expect(snapshots.get('shop')?.tenant.tier).toBe('late');
  });

  it('goes on telling the readers of a tenant when one who has left stops once more', () => {
    const { clusters, settle, snapshots } = start();
    const stopEarlier = snapshots.onTenantChange('shop', () => {});
    stopEarlier();
    const heard: string[] = [];
    const stop = snapshots.onTenantChange('shop', ({ name }) =>
      heard.push(name),
    );
    stopEarlier();
    clusters.putNamespace('east', tenantNamespace('a', { tenant: 'shop' }));
    settle();
    expect(heard).toEqual(['shop']);

    stop();
    clusters.removeNamespace('east', 'a');
    settle();
    expect(heard).toEqual(['shop']);
  });

  it('frees everything when stopped', () => {
    const { stop, clusters, clock } = start();
    clusters.putNamespace('east', tenantNamespace('a', { tenant: 'shop' }));
    stop.abort();
    expect(clusters.listenerCount).toBe(0);
    expect(clock.waiting).toBe(0);
  });

  it('makes patches that fold to the snapshot, for tenants and rows, whatever happens', () => {
    const step = fc.record({
      name: fc.constantFrom('a', 'b', 'c'),
      gone: fc.boolean(),
      tenant: fc.constantFrom('shop', 'bank'),
      owner: fc.option(fc.constantFrom('x', 'y'), { nil: undefined }),
      tier: fc.option(fc.constantFrom('gold'), { nil: undefined }),
      health: fc.constantFrom('Healthy' as const, 'Degraded' as const),
      note: fc.string({ maxLength: 3 }),
    });
    fc.assert(
      fc.property(fc.array(step, { maxLength: 20 }), steps => {
        const { clusters, settle, snapshots } = start();
        const tenants = new Map<string, unknown>();
        const rows = new Map<string, unknown>();
        snapshots.onChange(change => {
          const { name, from, to, row } = change;
          if (!to) {
            tenants.delete(name);
            rows.delete(name);
          } else if (!from) {
            tenants.set(name, to.tenant);
            rows.set(name, JSON.parse(row.rowJson()));
          } else {
            const patch = JSON.parse(change.patchJson());
            tenants.set(name, applyMergePatch(tenants.get(name), patch));
            const rowPatch = JSON.parse(row.patchJson());
            rows.set(name, applyMergePatch(rows.get(name), rowPatch));
          }
        });
        for (const { name, gone, ...facts } of steps) {
          if (gone) clusters.removeNamespace('east', name);
          else clusters.putNamespace('east', tenantNamespace(name, facts));
          settle();
        }
        for (const { tenant, row } of snapshots.all()) {
          expect(tenants.get(tenant.name)).toEqual(
            JSON.parse(JSON.stringify(tenant)),
          );
          expect(rows.get(tenant.name)).toEqual(
            JSON.parse(JSON.stringify(row)),
          );
        }
        expect(tenants.size).toBe([...snapshots.all()].length);
      }),
      { numRuns: 60 },
    );
  });
});
