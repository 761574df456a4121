// SPDX-License-Identifier: Apache-2.0
import fc from 'fast-check';
import { FakeKubeApi } from '@tenantry/backstage-plugin-tenants-node/testing';
import { compareResourceVersions } from './resourceVersion';
import {
  failure,
  pod,
  settle,
  startReflector,
  type ReflectorRig,
} from './testing/startReflector';

const expired = failure({ status: 410, reason: 'Expired' });

/** What happens to the objects, in the watched namespace and beside it. */
const change = fc.record({
  do: fc.constantFrom('write' as const, 'remove' as const),
  name: fc.constantFrom('a', 'b', 'c', 'd'),
  namespace: fc.constantFrom('one', 'one', 'two'),
  phase: fc.constantFrom('Running', 'Failed'),
});

/** What happens to the connection and the server. */
const faults = {
  cut: api => api.send({ fail: failure() }),
  end: api => api.send({ end: true }),
  expire: api => api.send({ fail: expired }),
  compact: api => api.compact(),
  garbage: api => api.send({ garbage: true }),
  bookmark: api => api.bookmark(),
  refuseWatch: api => api.failNext('watch', failure({ status: 500 })),
  refuseList: api => api.failNext('list', failure({ status: 503 })),
  expireWatch: api => api.failNext('watch', expired),
  expireList: api => api.failNext('list', expired),
  emptyList: api => api.emptyNextList('pods'),
  olderEmptyList: api => api.emptyNextList('pods', '7'),
  forbid: api => api.allow('pods', false),
  permit: api => api.allow('pods', true),
  takeKind: api => api.serve('pods', false),
  bringKind: api => api.serve('pods', true),
  nothing: () => undefined,
} satisfies Record<string, (api: FakeKubeApi) => void>;
const fault = fc.record({
  do: fc.constant('fault' as const),
  fault: fc.constantFrom(...(Object.keys(faults) as (keyof typeof faults)[])),
});

const step = fc.oneof({ weight: 3, arbitrary: change }, fault);
type Step = typeof step extends fc.Arbitrary<infer S> ? S : never;
const pause = fc.constantFrom(0, 0, 100, 3_000, 40_000);
const steps = fc.array(fc.tuple(step, pause), { maxLength: 30 });

function apply(api: FakeKubeApi, action: Step): void {
  if (action.do === 'fault') faults[action.fault](api);
  else if (action.do === 'remove') {
    api.remove('pods', action.namespace, action.name);
  } else {
    api.write('pods', pod(action.name, action.phase, action.namespace));
  }
}

async function play(
  rig: ReflectorRig,
  actions: readonly (readonly [Step, number])[],
): Promise<void> {
  await settle();
  for (const [action, wait] of actions) {
    apply(rig.api, action);
    if (wait > 0) await rig.clock.advanceAsync(wait, Math.min(wait, 5_000));
  }
}

/** How many empty lists were prepared. One that nothing tells from a true one is made up for by the next true list, and by nothing sooner. */
function lies(actions: readonly (readonly [Step, number])[]): number {
  return actions.filter(
    ([action]) =>
      action.do === 'fault' &&
      (action.fault === 'emptyList' || action.fault === 'olderEmptyList'),
  ).length;
}

/** The server is well again, and time goes by. */
async function recover(
  { api, clock }: ReflectorRig,
  actions: readonly (readonly [Step, number])[],
): Promise<void> {
  api.allow('pods', true);
  api.serve('pods', true);
  await clock.advanceAsync(400_000, 10_000);
  for (let left = 2 * lies(actions); left > 0; left--) {
    api.send({ fail: expired });
    await clock.advanceAsync(400_000, 10_000);
  }
  await settle();
}

const versions = (
  objects: Iterable<{
    readonly uid?: string;
    readonly resourceVersion?: string;
  }>,
) => [...objects].map(o => `${o.uid} ${o.resourceVersion}`).sort();

function there({ api }: ReflectorRig, namespace?: string): readonly string[] {
  const all = api.objects('pods').map(({ metadata }) => metadata);
  return versions(
    all.filter(o => namespace === undefined || o.namespace === namespace),
  );
}

describe.each([true, false])('with WatchList %s', watchList => {
  it('the store becomes the server’s list after any events, cuts, refusals and lists anew', async () => {
    await fc.assert(
      fc.asyncProperty(steps, async actions => {
        const rig = startReflector(new FakeKubeApi({ watchList }));
        await play(rig, actions);
        await recover(rig, actions);
        await rig.stop();
        expect(versions(rig.store.list())).toEqual(there(rig));
      }),
      { numRuns: 60 },
    );
  });

  it('so it does when one namespace is watched, of which it holds nothing else', async () => {
    await fc.assert(
      fc.asyncProperty(steps, async actions => {
        const api = new FakeKubeApi({ watchList });
        const rig = startReflector(api, { namespace: 'one' });
        await play(rig, actions);
        await recover(rig, actions);
        await rig.stop();
        expect(versions(rig.store.list())).toEqual(there(rig, 'one'));
      }),
      { numRuns: 40 },
    );
  });
});

it('never goes back to an older version of an object', async () => {
  await fc.assert(
    fc.asyncProperty(steps, async actions => {
      const rig = startReflector();
      const newest = new Map<string, string>();
      const wentBack: string[] = [];
      const look = () => {
        for (const { uid, resourceVersion } of rig.store.list()) {
          const before = newest.get(uid) ?? '0';
          const order = compareResourceVersions(resourceVersion, before) ?? 0;
          if (order < 0) wentBack.push(`${uid} ${resourceVersion}`);
          newest.set(uid, resourceVersion);
        }
      };
      for (const action of actions) {
        await play(rig, [action]);
        look();
      }
      await recover(rig, actions);
      look();
      await rig.stop();
      expect(wentBack).toEqual([]);
    }),
    { numRuns: 40 },
  );
});

it('folding the changes gives what the store holds; nothing is told twice', async () => {
  await fc.assert(
    fc.asyncProperty(steps, async actions => {
      const rig = startReflector();
      await play(rig, actions);
      await settle();
      const folded = new Set<string>();
      const twice: string[] = [];
      for (const said of rig.changes) {
        const [type, , uid] = said.split(' ');
        if (type === 'added' && folded.has(String(uid))) twice.push(said);
        if (type === 'deleted') folded.delete(String(uid));
        else folded.add(String(uid));
      }
      const held = [...rig.store.list()].map(o => o.uid).sort();
      await rig.stop();
      expect([...folded].sort()).toEqual(held);
      expect(twice).toEqual([]);
    }),
    { numRuns: 60 },
  );
});

it('counts each line that can’t be read, once', async () => {
  await fc.assert(
    fc.asyncProperty(steps, async actions => {
      const rig = startReflector();
      await settle();
      let sent = 0;
      for (const [action] of actions) {
        const isGarbage = action.do === 'fault' && action.fault === 'garbage';
        if (isGarbage) sent += rig.api.openWatches;
        await play(rig, [[action, 3_000]]);
      }
      await rig.stop();
      expect(rig.unreadable).toHaveLength(sent);
    }),
    { numRuns: 40 },
  );
});
