// SPDX-License-Identifier: Apache-2.0
import { EffectsBench } from './__testUtils__/EffectsBench';
import { THREE, namesOf, shopOn } from './__testUtils__/shopOn';
import { plannedEnvironment } from './testing/plannedEnvironment';

let bench: EffectsBench;
const { objects } = shopOn(() => bench);

beforeEach(async () => {
  bench = await EffectsBench.start('eu', 'us');
});
afterEach(() => bench.stop());

describe('two workers of one operation', () => {
  it('the one with the older lease writes nothing after the newer one began', async () => {
    await bench.apply([plannedEnvironment(THREE)]);
    const planned = plannedEnvironment(
      [{ name: 'db', image: 'app:2' }],
      {},
      await bench.record(),
    );
    const { sim } = bench.cluster();
    let before = '';
    const late = bench.apply([planned], {
      beforeStep: async step => {
        if (step.key !== 'claim/eu/dev') return;
        const { signal } = new AbortController();
        await bench.records.claim(await bench.record(), 99, signal);
        before = JSON.stringify(sim.objects.list('deployments.apps'));
      },
    });
    await expect(late).rejects.toThrow('newer lease (99) than ours (2)');
    expect(JSON.stringify(sim.objects.list('deployments.apps'))).toBe(before);
  });

  it('what an older worker made too late is swept by the next operation', async () => {
    await bench.apply([
      plannedEnvironment([{ name: 'db' }, { name: 'web', image: 'app:1' }]),
    ]);
    const { applySetId } = await bench.record();
    const { signal } = new AbortController();
    await bench.cluster().api.apply(
      {
        group: '',
        version: 'v1',
        resource: 'configmaps',
        kind: 'ConfigMap',
        namespaced: true,
      },
      {
        namespace: 'shop-dev',
        name: 'late',
        manifest: {
          apiVersion: 'v1',
          kind: 'ConfigMap',
          metadata: {
            name: 'late',
            namespace: 'shop-dev',
            labels: { 'applyset.kubernetes.io/part-of': applySetId },
          },
        },
        fieldManager: 'tenantry',
        force: false,
        project: () => undefined,
        signal,
      },
    );
    await bench.apply([
      plannedEnvironment(
        [{ name: 'db', image: 'app:2' }],
        {},
        await bench.record(),
      ),
    ]);
    expect(namesOf(objects().list('configmaps', 'shop-dev'))).not.toContain(
      'late',
    );
  });

  it('runs a step again as if it had not run', async () => {
    const planned = plannedEnvironment(THREE);
    const twice: string[] = [];
    const result = await bench.apply([planned], {
      beforeStep: async step => {
        if (twice.includes(step.key)) return;
        twice.push(step.key);
      },
    });
    expect(result.errors).toEqual([]);
    const executor = bench.executors[0];
    expect(executor).toBeDefined();
    const again = await bench.apply([planned], { id: 'op-1', fence: 1 });
    expect(again.errors).toEqual([]);
    expect(await bench.record()).toMatchObject({ revision: 1, fence: 1 });
  });
});
