// SPDX-License-Identifier: Apache-2.0
import { z } from 'zod';
import { TestPortal } from '../security/TestPortal';
import { eventually } from './eventually';
import { PortalVisitor } from './PortalVisitor';

jest.setTimeout(120_000);

const TENANT = 'orion';
const linksSchema = z.object({
  metadata: z.object({
    links: z.array(z.object({ url: z.string(), title: z.string() })),
  }),
});

describe('a tenant that a team lead creates in the portal', () => {
  let portal: TestPortal;
  let ada: PortalVisitor;
  let others: readonly PortalVisitor[];
  let task: string;
  let log: Awaited<ReturnType<PortalVisitor['followTask']>>;

  beforeAll(async () => {
    portal = await TestPortal.start();
    ada = new PortalVisitor(portal, 'ada');
    others = (['paul', 'mia', 'guest'] as const).map(
      name => new PortalVisitor(portal, name),
    );
    await eventually('the template is in the catalogue', async () => {
      const { status } = await ada.ask(
        '/api/catalog/entities/by-name/template/default/tenantry-create-tenant',
      );
      return status === 200 ? true : undefined;
    });
    task = await ada.start('tenantry-create-tenant', {
      tenant: TENANT,
      owner: 'group:default/team-analytics',
      environment: 'production',
      cluster: 'us-east',
      tier: 'standard',
      modules: [{ name: 'postgres', parameters: {} }],
    });
    log = await ada.followTask(task);
  });
  afterAll(() => portal?.stop());

  it('is made from the template, whose log says what the cluster does', () => {
    const said = log.map(({ body }) => body.message).join('\n');
    expect(said).toMatch(/production on us-east \(standard\): \d+ created/);
    expect(said).toContain('Apply wave 1 of production');
    expect(said).toMatch(/0 of 1 pods ready: postgres-0/);
    expect(said).toContain('This is revision 1.');
    expect(said).not.toContain('interruption');
    expect(log.at(-1)?.body.message).toMatch(/status: completed$/);
  });

  it('is in the catalogue with its owner, its system, its modules and its cluster', async () => {
    const entity = await eventually('the tenant is an entity', async () => {
      const found = await ada.entity(`resource/default/${TENANT}`);
      return found && found.relations.length > 3 ? found : undefined;
    });
    expect(new Set(entity.relations)).toEqual(
      new Set([
        { type: 'ownedBy', targetRef: 'group:default/team-analytics' },
        { type: 'partOf', targetRef: 'system:default/platform' },
        { type: 'dependsOn', targetRef: 'component:tenant-modules/postgres' },
        { type: 'dependsOn', targetRef: 'resource:default/us-east' },
      ]),
    );
  });

  it('leads from the entity to where its modules answer, on each cluster', async () => {
    const titles = await eventually('the entity has the links', async () => {
      const { body } = await ada.ask(
        '/api/catalog/entities/by-name/resource/default/analytics-core',
      );
      const links = linksSchema.safeParse(body).data?.metadata.links ?? [];
      const found = links.filter(({ url }) => url.includes('//airflow'));
      return found.length === 3
        ? found.map(({ title }) => title.replaceAll('\u200b', ''))
        : undefined;
    });
    expect(titles).toEqual(
      expect.arrayContaining([
        'airflow in dev on eu-west: airflow-dev.analytics.acme.example',
        'airflow in prod on eu-west: airflow.analytics.acme.example',
      ]),
    );
  });

  it('is found by the search once', async () => {
    const found = await eventually('the search knows it', async () => {
      const results = await ada.search(TENANT);
      return results.length > 0 ? results : undefined;
    });
    expect(found).toEqual([
      { type: 'tenants', title: TENANT, location: `/tenants/t/${TENANT}` },
    ]);
  });

  it('tells the one who asked, and nobody else, that it is done', async () => {
    const notice = await eventually('a notification is there', async () =>
      (
        await ada.notifications()
      ).find(({ link }) => link === `/tenants/t/${TENANT}`),
    );
    expect(notice).toMatchObject({ severity: 'low' });
    expect(notice.title).toMatch(/: done$/);
    for (const other of others) {
      const links = (await other.notifications()).map(({ link }) => link);
      expect(links).not.toContain(`/tenants/t/${TENANT}`);
    }
  });

  it('is behind closed doors for everybody else', async () => {
    const { body } = await ada.ask(
      `/api/tenants/v1/tenants/${TENANT}/operations`,
    );
    const [{ id }] = (body as { items: { id: string }[] }).items;
    const tenant = `/api/tenants/v1/tenants/${TENANT}`;
    const doors = [
      tenant,
      `${tenant}/operations`,
      `${tenant}/revisions`,
      `${tenant}/secrets`,
      `/api/tenants/v1/operations/${id}`,
      `/api/tenants/v1/operations/${id}/events`,
      `/api/catalog/entities/by-name/resource/default/${TENANT}`,
      `/api/scaffolder/v2/tasks/${task}`,
      `/api/scaffolder/v2/tasks/${task}/events`,
    ];
    for (const other of others) {
      for (const door of doors) {
        const { status } = await other.ask(door);
        expect([other.name, door, [403, 404].includes(status)]).toEqual([
          other.name,
          door,
          true,
        ]);
      }
      expect(await other.search(TENANT)).toEqual([]);
      const restart = {
        type: 'restart' as const,
        environment: 'production',
        workload: 'StatefulSet/postgres',
      };
      const refused = await other.operate(TENANT, restart, 'door');
      expect([other.name, refused.status]).toEqual([other.name, 404]);
    }
  });

  it('is not made by somebody outside of the team', async () => {
    const [, mia] = others;
    const refused = await mia.start('tenantry-create-tenant', {
      tenant: 'vega',
      owner: 'group:default/team-analytics',
      environment: 'production',
      cluster: 'us-east',
      tier: 'standard',
      modules: [],
    });
    const events = await mia.followTask(refused);
    expect(events.at(-1)?.body.message).toMatch(/status: failed$/);
    expect(events.map(({ body }) => body.message).join('\n')).toContain(
      'You are not among group:default/team-analytics',
    );
    expect((await ada.ask('/api/tenants/v1/tenants/vega')).status).toBe(404);
  });
});
