// SPDX-License-Identifier: Apache-2.0
import {
  planSchema,
  type Operation,
  type RenderedFile,
} from '@tenantry/backstage-plugin-tenants-common';
import type { KubeManifest } from '@tenantry/backstage-plugin-tenants-node';
import { parse } from 'yaml';
import { PortalOnSimulator } from './__testUtils__/PortalOnSimulator';
import { resourceTypeOf } from './modules/resourceTypes';

jest.setTimeout(120_000);

let portal: PortalOnSimulator;

async function start(apply: 'direct' | 'pull-request'): Promise<void> {
  portal = await PortalOnSimulator.start({ tenants: { apply } });
  while (!(await isReady())) await portal.aChange();
}

async function isReady(): Promise<boolean> {
  const answer = await portal.call('/v1/modules').catch(() => undefined);
  return answer !== undefined;
}

const applyOf = (version: string, tier = 'bronze') => ({
  type: 'apply' as const,
  owner: 'user:default/mock',
  environments: [
    { name: 'dev', cluster: 'eu', tier, modules: [{ name: 'web', version }] },
  ],
});
const apply = applyOf('1.0.0');

/** Does what a GitOps controller does with a repository: namespaces first. */
async function reconcile(files: readonly RenderedFile[]): Promise<void> {
  const { signal } = new AbortController();
  const manifests: KubeManifest[] = files.map(({ content }) => parse(content));
  const rank = ({ kind }: KubeManifest) => Number(kind !== 'Namespace');
  manifests.sort((a, b) => rank(a) - rank(b));
  for (const manifest of manifests) {
    const { name, namespace } = manifest.metadata;
    await portal.api.apply(resourceTypeOf(manifest.apiVersion, manifest.kind), {
      manifest,
      name,
      ...(namespace !== undefined && { namespace }),
      fieldManager: 'kustomize-controller',
      force: true,
      project: () => undefined,
      signal,
    });
  }
}

/** Does what a GitOps controller does when files have gone. */
async function prune(files: readonly RenderedFile[]): Promise<void> {
  const { signal } = new AbortController();
  for (const { content } of files) {
    const { apiVersion, kind, metadata }: KubeManifest = parse(content);
    const { name, namespace } = metadata;
    await portal.api.delete(resourceTypeOf(apiVersion, kind), {
      name,
      ...(namespace !== undefined && { namespace }),
      propagation: 'Background',
      signal,
    });
  }
}

async function isSeen(): Promise<boolean> {
  const tenant = await portal.call('/v1/tenants/shop').catch(() => undefined);
  return tenant !== undefined;
}

const filesOf = ({ result }: Operation) => result?.files ?? [];

describe('with tenants.apply: pull-request', () => {
  beforeAll(() => start('pull-request'));
  afterAll(() => portal.stop());

  it('an apply ends with files of all that it would have applied, and writes nothing to the cluster', async () => {
    portal.sim.requests.reset();
    const operation = await portal.operate(apply);
    expect(operation).toMatchObject({ state: 'succeeded' });
    const files = filesOf(operation);
    expect(files.map(({ path }) => path)).toEqual(
      expect.arrayContaining([
        'eu/shop/dev/deployment-api.yaml',
        'eu/shop/dev/deployment-db.yaml',
        'eu/shop/dev/deployment-web.yaml',
        'eu/namespace-tenantry-system.yaml',
        'eu/shop/dev/namespace-shop-dev.yaml',
        'eu/shop/dev/record.yaml',
        'eu/shop/dev/resourcequota-shop-dev-quota.yaml',
      ]),
    );
    const writes = Object.keys(portal.sim.requests.counts()).filter(what =>
      /^(create|update|patch|delete) (?!.*reviews)/.test(what),
    );
    expect(writes).toEqual([]);
    const { objects } = portal.sim;
    expect(objects.get('namespaces', { name: 'shop-dev' })).toBeUndefined();
  });

  it('each file is one object that a cluster takes, and whose tenant it is stands in it', async () => {
    const files = filesOf(await portal.operate(apply));
    const objects = files.map(({ content }) => parse(content));
    expect(objects.map(({ kind }) => kind)).not.toContain('Secret');
    const ofTenants = objects.filter(
      ({ metadata }) => metadata.name !== 'tenantry-system',
    );
    expect(ofTenants).toHaveLength(objects.length - 1);
    for (const object of ofTenants) {
      expect(object).toMatchObject({
        apiVersion: expect.any(String),
        metadata: { labels: { 'tenantry.dev/tenant': 'shop' } },
      });
    }
    const web = objects.find(
      ({ kind, metadata }) => kind === 'Deployment' && metadata.name === 'web',
    );
    expect(web.metadata.namespace).toBe('shop-dev');
    expect(web.spec.template.spec.containers[0].image).toBe(
      'registry.example/app:1.0.0',
    );
  });

  it('the plan offers the same files before anything is started', async () => {
    const files = filesOf(await portal.operate(apply));
    const plan = await portal.call('/v1/plan', {
      tenant: 'shop',
      request: apply,
      render: true,
    });
    expect(plan).toMatchObject({ files });
  });

  it('knows what came into the cluster by its files: nothing is to be done, then an upgrade and sleep are new files', async () => {
    const files = filesOf(await portal.operate(apply));
    await reconcile(files);
    const plan = { tenant: 'shop', request: apply };
    while (!(await isSeen())) await portal.aChange();
    expect(await portal.call('/v1/plan', plan)).toMatchObject({
      exists: true,
      refusals: [],
      environments: [{ changes: { counts: { unchanged: files.length - 2 } } }],
    });
    expect(filesOf(await portal.operate(apply))).toEqual(files);
    const upgraded = filesOf(await portal.operate(applyOf('2.0.0')));
    const changed = upgraded.filter(
      ({ path, content }) =>
        files.find(file => file.path === path)?.content !== content,
    );
    expect(changed.map(({ path }) => path)).toEqual(
      expect.arrayContaining([
        'eu/shop/dev/deployment-web.yaml',
        'eu/shop/dev/record.yaml',
      ]),
    );
    const asleep = filesOf(await portal.operate({ type: 'sleep' }));
    const web = asleep.find(({ path }) => path.endsWith('deployment-web.yaml'));
    expect(parse(web?.content ?? '').spec.replicas).toBe(0);
    await expect(portal.operate({ type: 'delete' })).rejects.toThrow(
      /^422 .*Remove the files of dev/,
    );
  });

  it('a delete as files takes away what runs; the namespace stays, and the portal knows that it is retained', async () => {
    const files = filesOf(await portal.operate(apply));
    await reconcile(files);
    while (!(await isSeen())) await portal.aChange();
    const request = { type: 'delete' };
    const plan = planSchema.parse(
      await portal.call('/v1/plan', { tenant: 'shop', request, render: true }),
    );
    const stays = [
      'eu/namespace-tenantry-system.yaml',
      'eu/shop/dev/namespace-shop-dev.yaml',
      'eu/shop/dev/record.yaml',
    ];
    const { removedFiles = [] } = plan;
    expect([...removedFiles, ...stays].sort()).toEqual(
      files.map(({ path }) => path).sort(),
    );
    await prune(files.filter(({ path }) => removedFiles.includes(path)));
    await reconcile(plan.files ?? []);
    const { objects } = portal.sim;
    const place = { namespace: 'shop-dev', name: 'web' };
    expect(objects.get('deployments.apps', place)).toBeUndefined();
    const namespace = objects.get('namespaces', { name: 'shop-dev' });
    expect(namespace?.metadata.deletionTimestamp).toBeUndefined();
    expect(namespace).toBeDefined();
    await expect(portal.operate({ type: 'delete' })).rejects.toThrow(
      /^422 .*no environment that Tenantry manages/,
    );
    expect(filesOf(await portal.operate(apply))).toHaveLength(files.length);
  });

  it('what cannot be is refused with its reasons, as it is elsewhere', async () => {
    await expect(
      portal.call('/v1/tenants/shop/operations', applyOf('1.0.0', 'gold')),
    ).rejects.toThrow(/^422 .*There is no tier gold/);
  });
});

describe('applying directly, where Flux delivers an environment', () => {
  beforeAll(() => start('direct'));
  afterAll(() => portal.stop());

  it('the plan says so, and the operation ends with files and writes nothing', async () => {
    expect(await portal.operate(apply)).toMatchObject({ state: 'succeeded' });
    const plan = (render: boolean) =>
      portal.call('/v1/plan', { tenant: 'shop', request: apply, render });
    await reconcile(planSchema.parse(await plan(true)).files ?? []);
    const note = { kind: 'rendered-as-files', environment: 'dev' };
    expect(await plan(false)).toMatchObject({
      refusals: [],
      notes: expect.arrayContaining([expect.objectContaining(note)]),
    });
    const live = () =>
      portal.sim.objects.get('deployments.apps', {
        namespace: 'shop-dev',
        name: 'web',
      })?.spec;
    const before = live();
    const upgrade = await portal.operate(applyOf('2.0.0'));
    expect(upgrade).toMatchObject({ state: 'succeeded' });
    expect(before).toBeDefined();
    expect(live()).toEqual(before);
    const web = filesOf(upgrade).find(({ path }) =>
      path.endsWith('deployment-web.yaml'),
    );
    expect(web?.content).toContain('app:2.0.0');
  });
});
