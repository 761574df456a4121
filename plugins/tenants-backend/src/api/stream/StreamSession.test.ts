// SPDX-License-Identifier: Apache-2.0
import { mockCredentials } from '@backstage/backend-test-utils';
import { NotAllowedError } from '@backstage/errors';
import {
  AuthorizeResult,
  type PolicyDecision,
} from '@backstage/plugin-permission-common';
import {
  applyMergePatch,
  streamMessageSchema,
  tenantsValueSchema,
  type StreamMessage,
  type Subscription,
} from '@tenantry/backstage-plugin-tenants-common';
import fc from 'fast-check';
import { FakeClusters } from '../../__testUtils__/FakeClusters';
import {
  fakeDerivation,
  tenantNamespace,
} from '../../__testUtils__/fakeDerivation';
import { FakePolicy } from '../../__testUtils__/FakePolicy';
import { Access } from '../../access/Access';
import { toCaller } from '../../access/Caller';
import { PlatformSnapshots } from '../../snapshots/PlatformSnapshots';
import { TenantSnapshots } from '../../snapshots/TenantSnapshots';
import { FakeClock } from '../../time/testing/FakeClock';
import { FeedFactory } from './FeedFactory';
import { StreamSession, type StreamSink } from './StreamSession';

const ANN = 'user:default/ann';

class FakeSink implements StreamSink {
  readonly messages: StreamMessage[] = [];
  keepsUp = true;
  closed = false;

  write(line: string): boolean {
    this.messages.push(streamMessageSchema.parse(JSON.parse(line)));
    return this.keepsUp;
  }

  close(): void {
    this.closed = true;
  }
}

/** The conditions `name or owner is one of`, which the transformer below understands. */
function onlyTenants(names: readonly string[]): PolicyDecision {
  return {
    result: AuthorizeResult.CONDITIONAL,
    pluginId: 'tenants',
    resourceType: 'tenant',
    conditions: {
      rule: 'isNamed',
      resourceType: 'tenant',
      params: { names: [...names] },
    },
  };
}

function createWorld() {
  const clusters = new FakeClusters();
  const clock = new FakeClock();
  const policy = new FakePolicy();
  const snapshots = new TenantSnapshots({
    clusters,
    clock,
    derivation: fakeDerivation,
    onFailure: (_tenant, error) => {
      throw error;
    },
  });
  const access = new Access({
    permissions: policy,
    auth: { isPrincipal: (_c): _c is never => false },
    clock,
    transform: conditions => tenant =>
      JSON.stringify(conditions).includes(`"${tenant.name}"`) ||
      JSON.stringify(conditions).includes(`"${tenant.owner}"`),
  });
  const platform = new PlatformSnapshots({
    clusters,
    snapshots,
    clock,
    version: '1.2.3',
    problems: () => [],
  });
  clusters.setCluster('east');
  snapshots.start(new AbortController().signal);
  const feeds = new FeedFactory({
    access,
    snapshots,
    platform,
    instance: 'one',
    openOperations: () => Promise.reject(new Error('There are none here.')),
  });
  const open = async (
    subs: readonly Subscription[],
    options: { expiresAt?: number; sink?: FakeSink } = {},
  ) => {
    const sink = options.sink ?? new FakeSink();
    const caller = {
      ...toCaller(mockCredentials.user(ANN), 'Bearer t'),
      expiresAt: options.expiresAt,
    };
    const session = new StreamSession({
      sink,
      caller,
      clock,
      openFeed: subscription => feeds.open(subscription, caller),
    });
    await session.start(subs);
    return { sink, session };
  };
  const put = (name: string, facts: Parameters<typeof tenantNamespace>[1]) => {
    clusters.putNamespace('east', tenantNamespace(name, facts));
    clock.advance(50);
  };
  return { clusters, clock, policy, snapshots, platform, open, put };
}

const LIST: Subscription = { id: 'list', kind: 'tenants' };
const SHOP: Subscription = {
  id: 'shop',
  kind: 'tenant',
  params: { tenant: 'shop' },
};

/** What a client holds after applying messages. @throws when a patch does not follow on the version before */
function fold(messages: readonly StreamMessage[], id: string) {
  let value: unknown;
  let version: string | undefined;
  let cursor: string | undefined;
  messages
    .filter(({ s }) => s === id)
    .forEach((message, index) => {
      expect(message.n).toBe(index + 1);
      if (message.t === 'snapshot') value = message.d;
      else if (message.t === 'patch') {
        expect(message.from).toBe(version);
        value = applyMergePatch(value, message.d);
      } else return;
      version = message.v;
      cursor = message.c;
    });
  return { value, version, cursor };
}

describe('StreamSession', () => {
  it('ends 5 s before the token expires and frees everything', async () => {
    const { open, clock, put, clusters } = createWorld();
    put('a', { tenant: 'shop' });
    const idle = clock.waiting;
    const listeners = clusters.listenerCount;
    const { sink } = await open([SHOP], { expiresAt: clock.now() + 8_000 });
    await clock.advanceAsync(2_900, 100);
    expect(sink.closed).toBe(false);
    await clock.advanceAsync(200, 100);
    expect(sink.messages.at(-1)).toMatchObject({
      s: '',
      t: 'end',
      d: { reason: 'token-expired' },
    });
    expect(sink.closed).toBe(true);
    expect(clock.waiting).toBe(idle);
    expect(clusters.listenerCount).toBe(listeners);
  });

  it('sends a slow reader one snapshot once it has drained, however much has changed', async () => {
    const { open, put, snapshots } = createWorld();
    put('a', { tenant: 'shop' });
    const { sink, session } = await open([SHOP]);
    sink.keepsUp = false;
    for (let i = 0; i < 300; i++) {
      put('a', { tenant: 'shop', note: `${i} ${'x'.repeat(2_000)}` });
    }
    expect(sink.messages).toHaveLength(2);
    sink.keepsUp = true;
    session.drained();
    expect(sink.messages.map(({ t }) => t)).toEqual([
      'snapshot',
      'patch',
      'snapshot',
    ]);
    put('a', { tenant: 'shop', note: 'last' });
    expect(fold(sink.messages, 'shop').value).toEqual(
      JSON.parse(JSON.stringify(snapshots.get('shop')?.tenant)),
    );
  });

  it('ends the stream of a reader who takes nothing for a minute', async () => {
    const { open, put, clock } = createWorld();
    put('a', { tenant: 'shop' });
    const { sink, session } = await open([SHOP]);
    sink.keepsUp = false;
    put('a', { tenant: 'shop', note: '1' });
    await clock.advanceAsync(40_000);
    session.drained();
    put('a', { tenant: 'shop', note: '2' });
    await clock.advanceAsync(40_000);
    expect(sink.closed).toBe(false);
    await clock.advanceAsync(30_000);
    expect(sink.messages.at(-1)).toMatchObject({ d: { reason: 'limit' } });
    expect(sink.closed).toBe(true);
  });

  it('ends when the policy takes the platform away', async () => {
    const { open, policy, clock } = createWorld();
    const { sink } = await open([{ id: 'p', kind: 'platform' }]);
    policy.deny(ANN);
    await clock.advanceAsync(10_000);
    expect(sink.messages.slice(1)).toMatchObject([
      { s: 'p', d: { reason: 'forbidden' } },
      { s: '', d: { reason: 'completed' } },
    ]);
  });

  it('goes on with the other subscriptions when one ends', async () => {
    const { open, put, clusters, clock } = createWorld();
    put('a', { tenant: 'shop' });
    const { sink } = await open([SHOP, LIST]);
    clusters.removeNamespace('east', 'a');
    clock.advance(50);
    expect(sink.messages.slice(2)).toMatchObject([
      { s: 'list', t: 'patch', d: { tenants: { shop: null } } },
      { s: 'shop', t: 'end', d: { reason: 'deleted' } },
    ]);
    expect(sink.closed).toBe(false);
  });

  it('tells a reader who missed nothing that it has been resumed', async () => {
    const { open, put } = createWorld();
    put('a', { tenant: 'shop' });
    const first = await open([SHOP, LIST]);
    const again = await open(
      [SHOP, LIST].map(sub => ({
        ...sub,
        cursor: fold(first.sink.messages, sub.id).cursor,
      })),
    );
    expect(again.sink.messages.map(({ s, t }) => `${s} ${t}`)).toEqual([
      'shop heartbeat',
      'list patch',
      'list heartbeat',
    ]);
  });

  it('answers a cursor that is too old with a snapshot', async () => {
    const { open, put } = createWorld();
    put('a', { tenant: 'shop' });
    const { sink } = await open([LIST]);
    const { cursor } = fold(sink.messages, 'list');
    for (let i = 0; i < 2_001; i++) put('a', { tenant: 'shop', note: `${i}` });
    const again = await open([{ ...LIST, cursor }]);
    expect(again.sink.messages.map(({ t }) => t)).toEqual(['snapshot']);
  });

  it('does not resume a list under other rights', async () => {
    const { open, put, policy, clock } = createWorld();
    put('a', { tenant: 'shop' });
    put('b', { tenant: 'bank' });
    const { sink } = await open([LIST]);
    const { cursor } = fold(sink.messages, 'list');
    policy.decide(ANN, onlyTenants(['shop']));
    clock.advance(10_000);
    const again = await open([{ ...LIST, cursor }]);
    const [message] = again.sink.messages;
    expect(message.t).toBe('snapshot');
    const { value } = fold(again.sink.messages, 'list');
    expect(Object.keys(tenantsValueSchema.parse(value).tenants)).toEqual([
      'shop',
    ]);
  });

  it('shows changes of the platform, at most once a second, and none while only the time moves on', async () => {
    const { open, put, clock, clusters, platform } = createWorld();
    put('a', { tenant: 'shop' });
    const { sink } = await open([{ id: 'p', kind: 'platform' }]);
    put('b', { tenant: 'bank' });
    put('c', { tenant: 'farm' });
    clock.advance(1_000);
    expect(sink.messages.map(({ t }) => t)).toEqual(['snapshot', 'patch']);
    clusters.setObservedAt('2026-01-01T00:05:00.000Z');
    clusters.setCluster('east');
    clock.advance(2_000);
    expect(sink.messages).toHaveLength(2);
    clusters.setCluster('east', { freshness: 'stale' });
    clock.advance(2_000);
    expect(fold(sink.messages, 'p').value).toEqual(
      JSON.parse(JSON.stringify(platform.status())),
    );
  });

  it('says why a subscription could not be opened, and that trying again may help when it is no refusal', async () => {
    const { clock } = createWorld();
    const sink = new FakeSink();
    const session = new StreamSession({
      sink,
      clock,
      caller: toCaller(mockCredentials.user(ANN), undefined),
      openFeed: async ({ id }) => {
        throw id === 'shop' ? new NotAllowedError('No.') : new Error('secret');
      },
    });
    await session.start([SHOP, LIST]);
    expect(sink.messages).toMatchObject([
      { s: 'shop', d: { reason: 'forbidden', message: 'No.' } },
      { s: 'list', d: { reason: 'error' } },
      { s: '', d: { reason: 'completed' } },
    ]);
    expect(JSON.stringify(sink.messages)).not.toContain('secret');
  });

  it('gives every reader, however slow or often away and whatever rights come and go, the rows it may see', async () => {
    const names = ['shop', 'bank', 'farm'];
    const step = fc.oneof(
      fc.record({
        do: fc.constant('put' as const),
        namespace: fc.constantFrom('a', 'b', 'c'),
        tenant: fc.constantFrom(...names),
        owner: fc.option(fc.constantFrom('x', 'y'), { nil: undefined }),
        note: fc.string({ maxLength: 2 }),
      }),
      fc.record({
        do: fc.constant('remove' as const),
        namespace: fc.constantFrom('a', 'b', 'c'),
      }),
      fc.record({
        do: fc.constant('rights' as const),
        names: fc.subarray(['shop', 'bank', 'x', 'y'], { minLength: 1 }),
      }),
      fc.constant({ do: 'stall' as const }),
      fc.constant({ do: 'drain' as const }),
      fc.constant({ do: 'reconnect' as const }),
    );
    await fc.assert(
      fc.asyncProperty(fc.array(step, { maxLength: 25 }), async steps => {
        const world = createWorld();
        let visible: readonly string[] = names;
        world.policy.decide(ANN, onlyTenants(names));
        let { sink, session } = await world.open([LIST]);
        let held = fold(sink.messages, 'list');
        const drain = () => {
          sink.keepsUp = true;
          session.drained();
        };
        for (const what of steps) {
          if (what.do === 'put') world.put(what.namespace, what);
          else if (what.do === 'remove') {
            world.clusters.removeNamespace('east', what.namespace);
            world.clock.advance(50);
          } else if (what.do === 'rights') {
            visible = what.names;
            world.policy.decide(ANN, onlyTenants(visible));
            await world.clock.advanceAsync(10_000, 10_000);
          } else if (what.do === 'stall') sink.keepsUp = false;
          else if (what.do === 'drain') drain();
          else {
            held = resumeFold(held, sink.messages);
            session.free();
            ({ sink, session } = await world.open([
              { ...LIST, cursor: held.cursor },
            ]));
          }
        }
        drain();
        const final = resumeFold(held, sink.messages);
        const expected = [...world.snapshots.all()]
          .filter(
            ({ tenant: { name, owner } }) =>
              visible.includes(name) || visible.includes(owner ?? ''),
          )
          .map(({ row }) => [row.name, JSON.parse(JSON.stringify(row))]);
        expect(tenantsValueSchema.parse(final.value).tenants).toEqual(
          Object.fromEntries(expected),
        );
      }),
      { numRuns: 1_000 },
    );
  }, 60_000);
});

/** What a client holds that had a value before it read these messages. */
function resumeFold(
  before: ReturnType<typeof fold>,
  messages: readonly StreamMessage[],
): ReturnType<typeof fold> {
  let { value, version, cursor } = before;
  for (const message of messages) {
    if (message.s !== 'list') continue;
    if (message.t === 'snapshot') value = message.d;
    else if (message.t === 'patch') {
      expect(message.from).toBe(version);
      value = applyMergePatch(value, message.d);
    } else continue;
    version = message.v;
    cursor = message.c;
  }
  return { value, version, cursor };
}
