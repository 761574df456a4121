// SPDX-License-Identifier: Apache-2.0
import type { Pod } from '@tenantry/backstage-plugin-tenants-common';
import {
  containerFixture,
  environmentFixture,
  moduleFixture,
  outOfMemoryPodFixture,
  podFixture,
  tenantFixture,
  workloadFixture,
} from '@tenantry/backstage-plugin-tenants-common/testing';
import { buildRollUp } from './rollUp';
import { rollUpUse, type NodeUse, type UseSource } from './rollUpUse';

const MIB = 1024 ** 2;
const REQUESTS = { cpu: 0.5, memory: 512 * MIB };

type Reading = { readonly cpu: number; readonly memory: number };

/** A tenant whose one environment has a module per list of pods, and what is read of them. */
function treeOf(modules: readonly (readonly Pod[])[]) {
  return buildRollUp(
    tenantFixture({
      environments: [
        environmentFixture({
          modules: modules.map((pods, at) =>
            moduleFixture({
              name: `m${at}`,
              workloads: [workloadFixture({ name: `w${at}`, pods: [...pods] })],
            }),
          ),
        }),
      ],
    }),
  );
}

function sourceOf(
  readings: Readonly<Record<string, Reading>>,
  hasMetrics = true,
): UseSource {
  return {
    hasMetrics: () => hasMetrics,
    ofWorkload: () => undefined,
    ofPod: (_cluster, uid) => {
      const used = readings[uid.replace('uid-', '')];
      return (
        used && {
          used,
          requests: REQUESTS,
          limits: {},
          measuredAt: '2026-11-21T14:32:00.000Z',
        }
      );
    },
  };
}

const USED = { cpu: 0.25, memory: 100 * MIB };

function useOf(modules: readonly (readonly Pod[])[], source: UseSource) {
  const tree = treeOf(modules);
  const [environment] = tree;
  const uses = rollUpUse(tree, source);
  return {
    environment: uses[environment.id],
    modules: environment.children.map(({ id }) => uses[id]),
  };
}

const unknown = (use: NodeUse) =>
  use.used.cpu === undefined && use.used.memory === undefined;

describe('what the rows of the tree use', () => {
  const [a, b, c] = ['a', 'b', 'c'].map(name => podFixture({ name }));

  it('is the sum of what is under them', () => {
    const { environment, modules } = useOf(
      [[a, b], [c]],
      sourceOf({ a: USED, b: USED, c: { cpu: 1, memory: MIB } }),
    );
    expect(modules[0].used).toEqual({ cpu: 0.5, memory: 200 * MIB });
    expect(environment).toMatchObject({
      used: { cpu: 1.5, memory: 201 * MIB },
      requests: { cpu: 1.5, memory: 1536 * MIB },
      pods: 3,
      unmeasured: 0,
    });
  });

  it('has no limit where one part has none', () => {
    const limited = sourceOf({ a: USED, b: USED });
    const source: UseSource = {
      ...limited,
      ofPod: (cluster, uid) => {
        const found = limited.ofPod(cluster, uid);
        return uid === 'uid-a' && found
          ? { ...found, limits: { cpu: 1, memory: MIB } }
          : found;
      },
    };
    expect(useOf([[a]], source).environment.limits).toEqual({
      cpu: 1,
      memory: MIB,
    });
    expect(useOf([[a], [b]], source).environment.limits).toEqual({});
  });

  it('counts the pods that were not measured, and is not known where none was', () => {
    const { environment, modules } = useOf([[a], [b]], sourceOf({ a: USED }));
    expect(environment).toMatchObject({ used: USED, pods: 2, unmeasured: 1 });
    expect(unknown(modules[1])).toBe(true);
  });

  it('is nothing for a pod that waits to be started, as far as its cluster measures', () => {
    const waiting = outOfMemoryPodFixture('waiting');
    const known = useOf([[waiting]], sourceOf({}));
    expect(known.environment).toMatchObject({
      used: { cpu: 0, memory: 0 },
      unmeasured: 0,
    });
    const dark = useOf([[waiting]], sourceOf({}, false));
    expect(unknown(dark.environment)).toBe(true);
  });

  it('takes what was measured of a pod that waits now', () => {
    const waiting = outOfMemoryPodFixture('waiting');
    const { environment } = useOf([[waiting]], sourceOf({ waiting: USED }));
    expect(environment.used).toEqual(USED);
  });

  it('leaves out pods that have ended', () => {
    const ended = podFixture({
      name: 'ended',
      phase: 'Succeeded',
      containers: [containerFixture({ state: 'terminated' })],
    });
    const { environment, modules } = useOf(
      [[a], [ended]],
      sourceOf({ a: USED }),
    );
    expect(environment).toMatchObject({ used: USED, pods: 1, unmeasured: 0 });
    expect(modules[1]).toMatchObject({ used: { cpu: 0, memory: 0 }, pods: 0 });
  });

  it('takes the sum of a workload from the server, which knows pods it does not tell', () => {
    const source: UseSource = {
      ...sourceOf({ a: USED }),
      ofWorkload: () => ({
        used: { cpu: 9, memory: 9 * MIB },
        requests: {},
        limits: {},
        measured: 300,
        running: 302,
      }),
    };
    const idle = outOfMemoryPodFixture('idle');
    expect(useOf([[a, idle]], source).environment).toMatchObject({
      used: { cpu: 9, memory: 9 * MIB },
      pods: 302,
      // Of the two that were not measured one is known to use nothing.
      unmeasured: 1,
    });
  });
});
