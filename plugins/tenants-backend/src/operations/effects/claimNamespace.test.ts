// SPDX-License-Identifier: Apache-2.0
import type { StepPlan } from '../OperationExecutor';
import { EffectsBench } from './__testUtils__/EffectsBench';
import { plannedEnvironment } from './testing/plannedEnvironment';

let bench: EffectsBench;

beforeEach(async () => {
  bench = await EffectsBench.start('eu');
});
afterEach(() => bench.stop());

const web = [{ name: 'web' }];
/** Another tenant whose environment has the namespace of `shop`’s `dev`. */
const neighbour = {
  tenant: 'sh',
  environment: 'op-dev',
  namespaces: ['shop-dev'],
};
const isFirstApply = ({ key }: StepPlan) => key === 'apply/eu/dev/-1.0';
const namespace = () =>
  bench.cluster().sim.objects.get('namespaces', { name: 'shop-dev' });

describe('two tenants on the way to one namespace', () => {
  it('one gets it, and the other changes nothing of it', async () => {
    let isTaken = false;
    const { errors } = await bench.apply([plannedEnvironment(web)], {
      beforeStep: async step => {
        if (isTaken || !isFirstApply(step)) return;
        isTaken = true;
        // Compared with a cluster that had no such namespace; the neighbour makes it now.
        const theirs = await bench.apply([plannedEnvironment(web, neighbour)], {
          tenant: 'sh',
        });
        expect(theirs.errors).toEqual([]);
      },
    });
    expect(isTaken).toBe(true);
    expect(errors).toMatchObject([
      { message: expect.stringContaining('belongs to another environment') },
    ]);
    expect(namespace()?.metadata.labels).toMatchObject({
      'tenantry.dev/tenant': 'sh',
    });
  });

  it('an apply that was cut off after its namespace goes on', async () => {
    const planned = plannedEnvironment(web);
    let isCut = false;
    const { errors } = await bench.apply([planned], {
      beforeStep: step => {
        if (isCut || !isFirstApply(step)) return;
        isCut = true;
        const { applySetId } = planned.record;
        bench.cluster().sim.objects.create('namespaces', {
          apiVersion: 'v1',
          kind: 'Namespace',
          metadata: {
            name: 'shop-dev',
            labels: { 'applyset.kubernetes.io/part-of': applySetId },
          },
        });
      },
    });
    expect(errors).toEqual([]);
    expect(namespace()?.metadata.labels).toMatchObject({
      'tenantry.dev/tenant': 'shop',
    });
  });
});
