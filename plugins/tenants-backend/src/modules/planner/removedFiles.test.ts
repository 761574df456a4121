// SPDX-License-Identifier: Apache-2.0
import {
  operationRequestSchema,
  planSchema,
} from '@tenantry/backstage-plugin-tenants-common';
import type { JsonObject } from '@tenantry/backstage-plugin-tenants-node/definitions';
import { deployment } from '../manifests/testing/renderInput';
import {
  catalogue,
  moduleOf,
  release,
  tier,
} from '../testing/catalogueBuilders';
import { PlannerWorld } from './testing/PlannerWorld';

const at = { file: 'x.yaml', line: 1, column: 1 };
const claim = {
  apiVersion: 'v1',
  kind: 'PersistentVolumeClaim',
  metadata: { name: 'data' },
  spec: {
    accessModes: ['ReadWriteOnce'],
    resources: { requests: { storage: '1Gi' } },
  },
};

function storeWith(whenDeleted: string): JsonObject {
  const { spec, ...web } = deployment({ name: 'store' });
  return {
    ...web,
    kind: 'StatefulSet',
    spec: {
      ...Object(spec),
      serviceName: 'store',
      persistentVolumeClaimRetentionPolicy: {
        whenDeleted,
        whenScaled: 'Retain',
      },
    },
  };
}

/** A tenant with one environment that has these objects, as applied. */
async function shopWith(...objects: JsonObject[]) {
  const templates = objects.map(object => ({ at, object }));
  const web = moduleOf('web', [
    release('1.0.0', { content: { kind: 'manifests', templates } }),
  ]);
  const shop = new PlannerWorld(catalogue([web], [tier('standard')]));
  const { plan } = await shop.apply(
    operationRequestSchema.parse({
      type: 'apply',
      owner: 'group:default/shop',
      environments: [
        {
          name: 'dev',
          cluster: 'east',
          tier: 'standard',
          modules: [{ name: 'web' }],
        },
      ],
    }),
  );
  expect(plan.refusals).toEqual([]);
  return shop;
}

const remove = operationRequestSchema.parse({ type: 'delete' });
const render = { render: true };

describe('the files that go when an environment is decommissioned', () => {
  it('are those of what runs, not those of what holds data', async () => {
    const shop = await shopWith(deployment({ name: 'web' }), claim);
    const { plan } = await shop.plan(remove, render);
    expect(planSchema.parse(plan)).toEqual(plan);
    expect(plan.removedFiles).toEqual(
      expect.arrayContaining([
        'east/shop/dev/deployment-web.yaml',
        'east/shop/dev/networkpolicy-tenancy-default-deny.yaml',
        'east/shop/dev/resourcequota-shop-dev-quota.yaml',
      ]),
    );
    expect(plan.removedFiles?.join()).not.toMatch(
      /namespace-|persistentvolumeclaim-|record/,
    );
    expect((await shop.plan(remove)).plan).not.toHaveProperty('removedFiles');
  });

  it('are said where a repository delivers the environment, of which nothing else may be deleted', async () => {
    const shop = await shopWith(deployment({ name: 'web' }));
    const before = await shop.plan(remove, render);
    await shop.mark('east', 'shop-dev', {
      'kustomize.toolkit.fluxcd.io/name': 'shop',
    });
    const { plan } = await shop.plan(remove, render);
    expect(plan.refusals).toEqual([]);
    expect(plan.removedFiles).toEqual(before.plan.removedFiles);
    const direct = await shop.plan(remove);
    expect(direct.plan.refusals).toMatchObject([{ rule: 'not-ours' }]);
    expect(direct.environments).toEqual([]);
  });

  it('include what an earlier pull request left in the repository', async () => {
    const shop = await shopWith(deployment({ name: 'web' }));
    shop.records = shop.records.map(record => ({
      ...record,
      spec: { ...record.spec, modules: [] },
    }));
    const { plan } = await shop.plan(remove, render);
    expect(plan.removedFiles).toContain('east/shop/dev/deployment-web.yaml');
  });

  it('are known when the release that they came from is gone', async () => {
    const shop = await shopWith(deployment({ name: 'web' }));
    const before = await shop.plan(remove, render);
    shop.catalogue = catalogue([], [tier('standard')]);
    const { plan } = await shop.plan(remove, render);
    expect(plan.refusals).toEqual([]);
    expect(plan.removedFiles).toEqual(before.plan.removedFiles);
  });

  it('are not said where the volume claims of a StatefulSet would go with it', async () => {
    const kept = await shopWith(storeWith('Retain'));
    const { plan } = await kept.plan(remove, render);
    expect(plan.removedFiles).toContain('east/shop/dev/statefulset-store.yaml');
    const shop = await shopWith(storeWith('Delete'));
    const lost = await shop.plan(remove, render);
    expect(lost.plan.refusals).toMatchObject([
      { rule: 'manifest', environment: 'dev', subject: 'StatefulSet/store' },
    ]);
    expect(lost.plan).not.toHaveProperty('removedFiles');
    expect((await shop.plan(remove)).plan.refusals).toEqual([]);
  });
});
