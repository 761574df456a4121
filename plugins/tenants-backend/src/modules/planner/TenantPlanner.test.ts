// SPDX-License-Identifier: Apache-2.0
import {
  operationRequestSchema,
  planSchema,
  type OperationRequestInput,
} from '@tenantry/backstage-plugin-tenants-common';
import { tenantFixture } from '@tenantry/backstage-plugin-tenants-common/testing';
import { deployment } from '../manifests/testing/renderInput';
import {
  catalogue,
  moduleOf,
  release,
  tier,
} from '../testing/catalogueBuilders';
import { ANN, PlannerWorld } from './testing/PlannerWorld';

const at = { file: 'x.yaml', line: 1, column: 1 };
const templates = [{ at, object: deployment({ name: 'web' }) }];
const modules = [
  moduleOf('web', [
    release('1.0.0', { content: { kind: 'manifests', templates } }),
  ]),
];

function world(clusters?: string[]) {
  return new PlannerWorld(catalogue(modules, [tier('standard')]), clusters);
}

function request(input: OperationRequestInput) {
  return operationRequestSchema.parse(input);
}

const on = (cluster: string, name = 'dev') => ({
  name,
  cluster,
  tier: 'standard',
  modules: [{ name: 'web' }],
});

function apply(
  environments: readonly ReturnType<typeof on>[] = [on('east')],
  owner = 'group:default/shop',
) {
  return request({ type: 'apply', owner, environments: [...environments] });
}

describe('TenantPlanner', () => {
  it('answers with a plan as the wire says, and all that the worker needs', async () => {
    const { plan, environments } = await world().plan(apply());
    expect(planSchema.parse(plan)).toEqual(plan);
    expect(plan).toMatchObject({ tenant: 'shop', exists: false });
    expect(environments).toHaveLength(1);
    expect(environments[0].record).toMatchObject({
      tenant: 'shop',
      owner: 'group:default/shop',
      namespaces: ['shop-dev'],
      state: 'active',
      revision: 0,
      releases: { web: { version: '1.0.0', hash: 'hash-of-1.0.0' } },
    });
    expect(environments[0].objects.length).toBeGreaterThan(5);
  });

  it('has the same version for the same plan and another when something else would be done', async () => {
    const shop = world();
    const first = await shop.plan(apply());
    expect((await shop.plan(apply())).plan.version).toBe(first.plan.version);
    const named = { ...apply(), planVersion: 'seen' };
    expect((await shop.plan(named)).plan.version).toBe(first.plan.version);
    await shop.apply(apply());
    const after = await shop.plan(apply());
    expect(after.plan.version).not.toBe(first.plan.version);
  });

  it('costs no write and one list per kind when nothing changes', async () => {
    const shop = world();
    await shop.apply(apply());
    const api = shop.apis.get('east');
    const before = api?.requests.length ?? 0;
    await shop.plan(apply());
    const calls = api?.requests.slice(before) ?? [];
    const lists = calls.filter(({ verb }) => verb === 'list');
    expect(calls.map(({ verb }) => verb).sort()).toEqual([
      'get',
      ...lists.map(() => 'list'),
    ]);
    expect(new Set(lists.map(({ resource }) => resource)).size).toBe(
      lists.length,
    );
  });

  it('says up front what a GitOps controller delivers, and does not delete it', async () => {
    const shop = world(['east', 'west']);
    const both = apply([on('east'), on('west', 'prod')]);
    await shop.apply(both);
    const before = await shop.plan(both);
    await shop.mark('east', 'shop-dev', {
      'kustomize.toolkit.fluxcd.io/name': 'shop',
      'kustomize.toolkit.fluxcd.io/namespace': 'apps',
    });
    const { plan } = await shop.plan(both);
    expect(plan.refusals).toEqual([]);
    const told = plan.notes.filter(
      note =>
        !before.plan.notes.some(({ message }) => message === note.message),
    );
    expect(told).toEqual([
      {
        environment: 'dev',
        subject: 'Namespace shop-dev',
        kind: 'rendered-as-files',
        message: expect.stringContaining('Flux (Kustomization apps/shop)'),
      },
    ]);
    const removed = await shop.plan(request({ type: 'delete' }));
    expect(removed.plan.refusals).toMatchObject([
      {
        rule: 'not-ours',
        environment: 'dev',
        subject: 'Namespace shop-dev',
        chain: ['dev', 'Namespace shop-dev'],
        fixes: [
          {
            label:
              'Remove the files of dev from the repository of Flux (Kustomization apps/shop), but those of its namespaces and volume claims; the template that decommissions by pull request knows which.',
          },
        ],
      },
    ]);
  });

  it('warns of members that the catalogue does not have, and when it does not answer', async () => {
    const shop = world();
    const members = [
      { subject: 'user:default/ann', role: 'admin' as const },
      { subject: 'user:default/adda', role: 'view' as const },
    ];
    const wanted = request({
      type: 'apply',
      owner: 'group:default/shop',
      environments: [{ ...on('east'), members }],
    });
    shop.uncatalogued = ['user:default/adda'];
    const { plan } = await shop.plan(wanted);
    expect(plan.refusals).toEqual([]);
    expect(plan.notes).toContainEqual({
      environment: 'dev',
      subject: 'user:default/adda',
      kind: 'warning',
      message:
        'The catalogue has no user:default/adda. Look at how it is written: whoever has that name on east gets the rights.',
    });
    expect(plan.notes.map(({ subject }) => subject)).not.toContain(
      'user:default/ann',
    );
    shop.uncatalogued = undefined;
    const unasked = await shop.plan(wanted);
    expect(unasked.plan.refusals).toEqual([]);
    expect(unasked.plan.notes).toContainEqual(
      expect.objectContaining({
        message: expect.stringContaining('The catalogue does not answer'),
      }),
    );
  });

  it('refuses only the environment whose cluster does not answer, and says what the others would be', async () => {
    const shop = world(['east', 'west']);
    shop.down.add('west');
    const { plan, environments } = await shop.plan(
      apply([on('east'), on('west', 'prod')]),
    );
    expect(plan.refusals).toMatchObject([
      { rule: 'cluster-unavailable', environment: 'prod', subject: 'west' },
    ]);
    expect(plan.environments.map(({ name }) => name)).toEqual(['dev']);
    expect(environments).toEqual([]);
  });

  it('changes one environment while the cluster of another does not answer', async () => {
    const shop = world(['east', 'west']);
    await shop.apply(apply([on('east'), on('west', 'prod')]));
    shop.down.add('west');
    const one = { type: 'rollback' as const, revision: 1 };
    const here = await shop.plan({ ...one, environment: 'dev' });
    const rules = ({ plan }: typeof here) =>
      plan.refusals.map(({ rule }) => rule);
    expect(rules(here)).not.toContain('cluster-unavailable');
    const there = await shop.plan({ ...one, environment: 'prod' });
    expect(rules(there)).toContain('cluster-unavailable');
  });

  it('answers with files where they are asked for and nothing is refused', async () => {
    const shop = world();
    const { plan } = await shop.plan(apply(), { render: true });
    expect(plan.files?.map(({ path }) => path)).toContain(
      'east/shop/dev/deployment-web.yaml',
    );
    const none = await shop.plan(apply([on('eats')]), { render: true });
    expect(none.plan).not.toHaveProperty('files');
  });

  it('gives a new owner to every environment, so that nobody doubts whose the tenant is', async () => {
    const shop = world();
    await shop.apply(apply([on('east'), on('east', 'prod')]));
    const { environments } = await shop.plan(
      apply([on('east')], 'user:default/ann'),
    );
    expect(
      environments.map(({ name, record }) => [name, record.owner]),
    ).toEqual([
      ['dev', 'user:default/ann'],
      ['prod', 'user:default/ann'],
    ]);
  });

  it('takes who asks for the owner of a new tenant that names none', async () => {
    const { environments } = await world().plan(
      request({ type: 'apply', environments: [on('east')] }),
    );
    expect(environments[0].record.owner).toBe(ANN.entityRef);
  });

  it('lets nobody who may only create tenants change one that the watch has lost', async () => {
    const shop = world();
    await shop.apply(apply());
    shop.isBlind = true;
    expect((await shop.plan(apply())).plan.refusals).toEqual([]);
    shop.records = shop.records.map(record => ({
      ...record,
      owner: 'group:default/bank',
    }));
    const { plan } = await shop.plan(apply());
    expect(plan.refusals[0]).toMatchObject({ rule: 'name-taken' });
  });

  it('keeps spec and releases of what is deleted, so that it can be applied again', async () => {
    const shop = world();
    await shop.apply(apply());
    const { environments } = await shop.plan(request({ type: 'delete' }));
    expect(environments[0]).toMatchObject({
      objects: [],
      record: {
        state: 'retained',
        spec: { modules: [{ name: 'web' }] },
        releases: { web: { version: '1.0.0' } },
      },
    });
  });

  it('puts modules into the first of several namespaces, and asks for nothing when all is there', async () => {
    const shop = world();
    const namespaces = ['shop-app', 'shop-jobs'];
    const [seen] = tenantFixture().environments;
    shop.seen = [
      {
        name: 'shop',
        owner: 'group:default/shop',
        environments: [
          { ...seen, cluster: 'east', namespaces, quota: [], modules: [] },
        ],
      },
    ];
    for (const name of namespaces) {
      shop.apis.get('east')?.write('namespaces', {
        apiVersion: 'v1',
        kind: 'Namespace',
        metadata: { name, labels: { 'tenantry.dev/tenant': 'shop' } },
      });
    }
    const adopt = { type: 'adopt', cluster: 'east', namespaces } as const;
    await shop.apply(
      request({ ...adopt, environment: 'dev', tier: 'standard' }),
    );
    const { environments } = await shop.apply(apply());
    const placesOf = (kind: string) =>
      environments[0].objects
        .filter(({ manifest }) => manifest.kind === kind)
        .map(({ manifest }) => manifest.metadata.namespace);
    expect(placesOf('Deployment')).toEqual(['shop-app']);
    expect(placesOf('ResourceQuota')).toEqual(namespaces);
    const again = await shop.plan(apply());
    expect(again.plan.refusals).toEqual([]);
    expect(Object.keys(again.plan.environments[0].changes.counts)).toEqual([
      'unchanged',
    ]);
  });

  it('plans nothing before the definitions are there', async () => {
    const shop = world();
    shop.catalogue = undefined;
    await expect(shop.plan(apply())).rejects.toThrow(
      'The module definitions have not been loaded yet.',
    );
  });

  it('goes back to a revision whose releases are all as they were', async () => {
    const shop = world();
    await shop.apply(apply());
    const [{ spec, releases }] = shop.records;
    const revision = {
      environment: 'dev',
      revision: 1,
      at: '2026-01-01T00:00:00.000Z',
      by: ANN.entityRef,
      operation: 'op-1',
      title: 'Apply',
      spec,
      releases,
      current: false,
    };
    const back = request({
      type: 'rollback',
      environment: 'dev',
      revision: 1,
    });
    shop.revisions = [revision];
    const { plan } = await shop.plan(back);
    expect(plan.refusals).toEqual([]);
    shop.revisions = [
      { ...revision, releases: { web: { version: '1.0.0', hash: 'other' } } },
    ];
    expect((await shop.plan(back)).plan.refusals[0]).toMatchObject({
      rule: 'unknown-release',
      message:
        'web 1.0.0 has been changed since, so revision 1 cannot be made again.',
    });
  });
});
