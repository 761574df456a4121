// SPDX-License-Identifier: Apache-2.0
import { join } from 'node:path';
import { readDefinitionsFile } from './disk/readDefinitions';
import { parseDefinitions } from './parseDefinitions';
import { isTenantKind } from './manifests/tenantKinds';
import { isJsonObject, valuesIn } from './manifests/jsonObject';
import type { JsonObject } from './ModuleCatalogue';

const folder = join(__dirname, '../../../../examples/module-definitions');
const { signal } = new AbortController();

const load = async (name: string) =>
  parseDefinitions(await readDefinitionsFile(join(folder, name), signal));

it.each(['platform.yaml', 'spanda.yaml'])('%s has no mistakes', async name => {
  const { problems, catalogue } = await load(name);
  expect(problems).toEqual([]);
  expect(catalogue?.modules.size).toBeGreaterThanOrEqual(12);
});

it('platform.yaml shows everything that definitions can say', async () => {
  const { catalogue } = await load('platform.yaml');
  const modules = [...(catalogue?.modules.values() ?? [])];
  const releases = modules.flatMap(module => module.releases);
  const some = (test: (release: (typeof releases)[number]) => boolean) =>
    releases.filter(test).length;
  expect(modules.filter(m => m.releases.length > 1).length).toBeGreaterThan(5);
  expect(modules.some(m => m.scope === 'cluster')).toBe(true);
  expect(
    modules.filter(m => m.runbook?.startsWith('#')).length,
  ).toBeGreaterThan(2);
  expect(some(r => r.dependencies.length > 1)).toBeGreaterThan(3);
  expect(some(r => r.conflicts.length > 0)).toBeGreaterThan(1);
  expect(some(r => r.recommends.length > 0)).toBeGreaterThan(3);
  expect(some(r => r.secrets.some(s => !s.generate))).toBeGreaterThan(0);
  expect(some(r => r.allowedTiers !== undefined)).toBeGreaterThan(0);
  expect(some(r => r.deprecated !== undefined)).toBeGreaterThan(0);
  expect(some(r => r.content.kind === 'chart')).toBe(1);
});

/** Pod templates with the containers in them. */
function podSpecs(object: JsonObject): JsonObject[] {
  return [...valuesIn(object)].flatMap(({ value }) =>
    isJsonObject(value) && Array.isArray(value.containers) ? [value] : [],
  );
}

function containersOf(spec: JsonObject): JsonObject[] {
  return [spec.initContainers, spec.containers].flatMap(list =>
    Array.isArray(list) ? list.filter(isJsonObject) : [],
  );
}

it('every pod of platform.yaml keeps the restricted Pod Security level, with resources stated', async () => {
  const { catalogue } = await load('platform.yaml');
  const objects = [...(catalogue?.modules.values() ?? [])]
    .flatMap(module => module.releases)
    .flatMap(({ content }) =>
      content.kind === 'manifests' ? content.templates : [],
    )
    .map(({ object }) => object);
  expect(objects.length).toBeGreaterThan(50);
  for (const { apiVersion, kind } of objects) {
    expect(isTenantKind(String(apiVersion), String(kind))).toBe(true);
  }
  const specs = objects.flatMap(podSpecs);
  expect(specs.length).toBeGreaterThan(20);
  for (const spec of specs) {
    expect(spec).toMatchObject({
      automountServiceAccountToken: false,
      securityContext: {
        runAsNonRoot: true,
        seccompProfile: { type: 'RuntimeDefault' },
      },
    });
    for (const container of containersOf(spec)) {
      expect(container).toMatchObject({
        securityContext: {
          allowPrivilegeEscalation: false,
          capabilities: { drop: ['ALL'] },
        },
        resources: {
          requests: { cpu: expect.anything(), memory: expect.anything() },
          limits: { cpu: expect.anything(), memory: expect.anything() },
        },
      });
    }
  }
});
