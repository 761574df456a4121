// SPDX-License-Identifier: Apache-2.0
import { planSchema } from '@tenantry/backstage-plugin-tenants-common';
import { z } from 'zod';
import { TestPortal } from '../security/TestPortal';
import { eventually } from './eventually';
import { PortalVisitor } from './PortalVisitor';

jest.setTimeout(120_000);

const TIER = 'bronze';
const CLUSTER = 'eu-west';
const environment = {
  name: 'production',
  cluster: CLUSTER,
  tier: TIER,
  modules: [{ name: 'podinfo' }],
};
const pullRequestSchema = z.object({
  repoUrl: z.string(),
  branchName: z.string(),
  files: z.record(z.string(), z.string()),
  filesToDelete: z.array(z.string()),
});

/** What a tenant would be of whom, as somebody would order it. */
function order(owner: string | undefined) {
  return {
    type: 'apply' as const,
    ...(owner === undefined ? {} : { owner }),
    environments: [environment],
  };
}

describe('what people may order', () => {
  let portal: TestPortal;
  let ada: PortalVisitor;
  let paul: PortalVisitor;
  let mia: PortalVisitor;
  let pia: PortalVisitor;

  async function plan(who: PortalVisitor, tenant: string, request: object) {
    const { status, body } = await who.post('/api/tenants/v1/plan', {
      tenant,
      request,
    });
    expect([who.name, status]).toEqual([who.name, 200]);
    return planSchema.parse(body);
  }

  beforeAll(async () => {
    portal = await TestPortal.start();
    [ada, paul, mia, pia] = (['ada', 'paul', 'mia', 'pia'] as const).map(
      name => new PortalVisitor(portal, name),
    );
    await eventually('the clusters are watched', async () => {
      const { body } = await pia.ask('/api/tenants/v1/tenants');
      const { totalItems } = z.object({ totalItems: z.number() }).parse(body);
      return totalItems > 0 ? true : undefined;
    });
  });
  afterAll(() => portal?.stop());

  it.each([
    ['ada', 'group:default/team-payments'],
    ['ada', 'group:default/platform-team'],
    ['ada', 'user:default/paul'],
    ['paul', 'group:default/team-analytics'],
    ['mia', 'group:default/team-analytics'],
    ['mia', 'group:default/no-such-team'],
  ] as const)('%s does not make a tenant of %s', async (name, owner) => {
    const who = new PortalVisitor(portal, name);
    const tenant = `of-others-${name}`;
    const { refusals } = await plan(who, tenant, order(owner));
    expect(refusals).toContainEqual(
      expect.objectContaining({ rule: 'owner-not-allowed' }),
    );
    const started = await who.operate(tenant, order(owner), `${tenant}-1`);
    expect(started.operation).toBeUndefined();
    expect(started.status).toBeGreaterThanOrEqual(400);
    const { status } = await pia.ask(`/api/tenants/v1/tenants/${tenant}`);
    expect(status).toBe(404);
  });

  it('whoever names no owner is the owner, and no group', async () => {
    const { operation } = await mia.operate('of-mia', order(undefined), 'mia');
    await eventually('the tenant is there', async () => {
      const { state } = await mia.operation(operation?.id ?? '');
      return state === 'succeeded' ? true : undefined;
    });
    const { body } = await pia.ask('/api/tenants/v1/tenants/of-mia');
    expect(body).toMatchObject({ owner: 'user:default/mia' });
    for (const other of [ada, paul]) {
      const { status } = await other.ask('/api/tenants/v1/tenants/of-mia');
      expect([other.name, status]).toEqual([other.name, 404]);
    }
  });

  it('an owner does not give a tenant to a team that is not theirs', async () => {
    const given = { type: 'apply', owner: 'group:default/team-payments' };
    const { refusals } = await plan(mia, 'of-mia', {
      ...given,
      environments: [environment],
    });
    expect(refusals).toContainEqual(
      expect.objectContaining({ rule: 'owner-not-allowed' }),
    );
  });

  it('a tenant keeps its owner when the platform team adopts it', async () => {
    const { environments, refusals } = await plan(pia, 'payments-gateway', {
      type: 'adopt',
      environment: 'staging',
      cluster: CLUSTER,
      tier: TIER,
      namespaces: ['payments-gateway-staging'],
    });
    expect(refusals).toEqual([]);
    const changes = JSON.stringify(environments);
    expect(changes).toContain('payments-gateway-staging');
    expect(changes).not.toContain('user:default/pia');
  });

  /** What the pull request of a template would hold. */
  async function pullRequestOf(
    who: PortalVisitor,
    name: string,
    values: object,
  ) {
    const template = `tenantry-${name}-pull-request`;
    await eventually('the template is in the catalogue', async () => {
      const { status } = await who.ask(
        `/api/catalog/entities/by-name/template/default/${template}`,
      );
      return status === 200 ? true : undefined;
    });
    const task = await who.start(template, { ...values });
    const said = (await who.followTask(task)).map(({ body }) => body.message);
    expect([template, said.at(-1)]).toEqual([
      template,
      expect.stringMatching(/status: completed$/),
    ]);
    const line = said.find(text => text.includes('"repoUrl"')) ?? '';
    return pullRequestSchema.parse(JSON.parse(line.slice(line.indexOf('{'))));
  }

  async function countOperations() {
    const { body } = await mia.ask('/api/tenants/v1/tenants/of-mia/operations');
    return z.object({ items: z.array(z.unknown()) }).parse(body).items.length;
  }

  it.each([
    {
      template: 'change-tier',
      values: { environment: 'production', tier: 'standard' },
      file: /^resourcequota-.*\.yaml$/,
      holds: /requests\.cpu: "?'?16/,
    },
    {
      template: 'add-module',
      values: { environment: 'production', modules: [{ name: 'postgres' }] },
      file: /^statefulset-postgres\.yaml$/,
      holds: /namespace: of-mia-production/,
    },
    {
      template: 'manage-members',
      values: { subject: 'user:default/ada', change: 'view' },
      file: /^rolebinding-.*\.yaml$/,
      holds: /name: ada/,
    },
  ])(
    'what $template would change is a pull request too, and nothing is applied',
    async ({ template, values, file, holds }) => {
      const tenant = 'resource:default/of-mia';
      const before = await countOperations();
      const request = await pullRequestOf(mia, template, { tenant, ...values });
      expect(request.branchName).toMatch(/^tenant-of-mia-/);
      const folder = `clusters/${CLUSTER}/of-mia/production/`;
      const found = Object.entries(request.files)
        .filter(([path]) => path.startsWith(folder))
        .filter(([path]) => file.test(path.slice(folder.length)));
      expect(found.map(([, text]) => text).join('\n')).toMatch(holds);
      expect(await countOperations()).toBe(before);
    },
  );

  it('a pull request that decommissions deletes what runs, keeps what holds data, and nothing is applied', async () => {
    const before = await countOperations();
    const unchanged = await pullRequestOf(mia, 'manage-members', {
      tenant: 'resource:default/of-mia',
      subject: 'user:default/paul',
      change: 'remove',
    });
    const { files, filesToDelete } = await pullRequestOf(
      mia,
      'decommission-tenant',
      { tenant: 'resource:default/of-mia', confirm: true },
    );
    const folder = `clusters/${CLUSTER}/of-mia/production`;
    const inFolder = (paths: string[]) =>
      paths.filter(path => path.startsWith(`${folder}/`)).sort();
    const kept = [
      `${folder}/namespace-of-mia-production.yaml`,
      `${folder}/record.yaml`,
    ];
    expect(filesToDelete).toContain(`${folder}/deployment-podinfo.yaml`);
    expect([...inFolder(filesToDelete), ...kept].sort()).toEqual(
      inFolder(Object.keys(unchanged.files)),
    );
    expect(inFolder(filesToDelete)).toHaveLength(filesToDelete.length);
    expect(inFolder(Object.keys(files))).toEqual([`${folder}/record.yaml`]);
    expect(files[`${folder}/record.yaml`]).toMatch(/"state":"retained"/);
    expect(await countOperations()).toBe(before);
  });

  it('a pull request holds the objects of the tenant, no secret, and nothing is applied', async () => {
    const request = await pullRequestOf(ada, 'create-tenant', {
      tenant: 'corvus',
      owner: 'group:default/team-analytics',
      environment: 'production',
      cluster: CLUSTER,
      tier: TIER,
      modules: [{ name: 'postgres' }],
    });
    expect(request).toMatchObject({
      repoUrl: 'git.example?owner=acme&repo=platform',
      branchName: 'tenant-corvus',
    });
    const folder = `clusters/${CLUSTER}/corvus/production`;
    const paths = Object.keys(request.files);
    expect(paths.filter(path => !path.startsWith(`${folder}/`))).toEqual([
      `clusters/${CLUSTER}/namespace-tenantry-system.yaml`,
    ]);
    expect(paths).toContain(`${folder}/record.yaml`);
    expect(request.files[`${folder}/namespace-corvus-production.yaml`]).toMatch(
      /tenantry.dev\/owner: group:default\/team-analytics/,
    );
    expect(request.files[`${folder}/statefulset-postgres.yaml`]).toMatch(
      /namespace: corvus-production/,
    );
    const kinds = Object.values(request.files).map(
      text => /^kind: (\S+)$/m.exec(text)?.[1],
    );
    expect(kinds).toEqual(
      expect.arrayContaining(['ResourceQuota', 'NetworkPolicy', 'RoleBinding']),
    );
    expect(kinds).not.toContain('Secret');
    const { status } = await pia.ask('/api/tenants/v1/tenants/corvus');
    expect(status).toBe(404);
  });
});
