// SPDX-License-Identifier: Apache-2.0
import { mockCredentials } from '@backstage/backend-test-utils';
import { FakeKubeApi } from '@tenantry/backstage-plugin-tenants-node/testing';
import { tenantNamespace } from '../__testUtils__/fakeDerivation';
import {
  startTenantsBackend,
  USERS,
} from '../__testUtils__/startTenantsBackend';
import { FakeClusters } from '../__testUtils__/FakeClusters';
import { fakeDerivation } from '../__testUtils__/fakeDerivation';
import { ClusterInformers } from '../informers/ClusterInformers';
import { TenantSnapshots } from '../snapshots/TenantSnapshots';
import { FakeClock } from '../time/testing/FakeClock';
import { Metrics } from './Metrics';

/** The value of one series; `undefined` when it is not there. */
function valueOf(text: string, series: string): number | undefined {
  const line = text.split('\n').find(l => l.startsWith(`${series} `));
  return line === undefined ? undefined : Number(line.split(' ').at(-1));
}

describe('GET /v1/metrics', () => {
  it('counts tenants, versions, subscriptions, messages and requests, and names no tenant and no user', async () => {
    const backend = await startTenantsBackend();
    const stream = await backend.stream(
      {
        schema: 1,
        subs: [
          { id: 'l', kind: 'tenants' },
          { id: 't', kind: 'tenant', params: { tenant: 'shop' } },
          { id: 'p', kind: 'platform', cursor: 'of-another-process.1' },
        ],
      },
      'ann',
    );
    for (let i = 0; i < 3; i++) await stream.nextOf('snapshot');
    backend.clusters.putNamespace(
      'east',
      tenantNamespace('shop-prod', { tenant: 'shop', health: 'Degraded' }),
    );
    backend.clock.advance(50);
    await stream.nextOf('patch');
    await (await backend.get('/v1/tenants/nope', 'ann')).text();

    const response = await backend.get('/v1/metrics', 'ann');
    expect(response.headers.get('content-type')).toMatch(/^text\/plain/);
    const text = await response.text();
    const value = (series: string) => valueOf(text, series);
    expect(value('tenants_tenants{code="Degraded"}')).toBe(1);
    expect(value('tenants_tenants{code="Healthy"}')).toBe(1);
    expect(value('tenants_tenants{code="Missing"}')).toBe(0);
    expect(value('tenants_snapshot_versions_total')).toBe(3);
    expect(value('tenants_snapshot_derivation_failures_total')).toBe(0);
    expect(value('tenants_cluster_synced{cluster="east"}')).toBe(1);
    const list = 'subscription="tenants"';
    expect(value(`tenants_stream_subscribers{${list}}`)).toBe(1);
    expect(
      value(`tenants_stream_messages_total{${list},type="snapshot"}`),
    ).toBe(1);
    expect(value(`tenants_stream_messages_total{${list},type="patch"}`)).toBe(
      1,
    );
    expect(
      value(
        'tenants_stream_resumes_total{subscription="platform",got="snapshot"}',
      ),
    ).toBe(1);
    expect(
      value('tenants_requests_total{route="getTenant",status="4xx"}'),
    ).toBe(1);
    expect(value('tenants_request_seconds_count{route="getTenant"}')).toBe(1);
    expect(text).not.toMatch(/shop|bank|ann|nope/);
    stream.close();
    await backend.stop();
  });

  it('is for those who may see the platform, and for services', async () => {
    const backend = await startTenantsBackend();
    backend.policy.deny(USERS.bob);
    expect((await backend.get('/v1/metrics', 'bob')).status).toBe(403);
    const headers = { Authorization: mockCredentials.service.header() };
    const response = await fetch(`${backend.url}/v1/metrics`, { headers });
    expect(response.status).toBe(200);
    await response.text();
    await backend.stop();
  });
});

describe('Metrics', () => {
  it('tells for each kind of each cluster what its informer did, holds, and when it last heard', async () => {
    const api = new FakeKubeApi({ cluster: 'east' });
    const clock = new FakeClock();
    const stop = new AbortController();
    const view = new ClusterInformers({
      api,
      clock,
      random: () => 0,
      logger: {
        debug() {},
        info() {},
        warn() {},
        error() {},
        child: () => {
          throw new Error('unused');
        },
      },
      onChange: () => {},
      kinds: ['namespaces'],
    });
    const put = (name: string) =>
      api.write('namespaces', {
        apiVersion: 'v1',
        kind: 'Namespace',
        metadata: { name },
      });
    put('a');
    const running = view.run(stop.signal);
    await clock.advanceAsync(1_000, 100);
    put('b');
    await clock.advanceAsync(1_000);
    clock.advance(30_000);
    const clusters = { list: () => [view], onChange: () => () => {} };
    const metrics = new Metrics({
      clusters,
      clock,
      snapshots: new TenantSnapshots({
        clusters: new FakeClusters(),
        derivation: fakeDerivation,
        clock,
        onFailure: () => {},
      }),
    });
    const value = async (name: string) =>
      valueOf(
        await metrics.render(),
        `tenants_informer_${name}{cluster="east",kind="Namespace"}`,
      );
    expect(await value('objects')).toBe(2);
    expect(await value('relists_total')).toBe(1);
    expect(await value('unreadable_total')).toBe(0);
    expect(await value('events_total')).toBe(1);
    expect(await value('silence_seconds')).toBe(30);
    // Asked twice, totals are told, not added.
    expect(await value('events_total')).toBe(1);
    stop.abort();
    await running;
  });
});
