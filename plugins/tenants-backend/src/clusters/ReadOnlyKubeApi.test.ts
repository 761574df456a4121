// SPDX-License-Identifier: Apache-2.0
import { isForbidden } from '@tenantry/backstage-plugin-tenants-node';
import { FakeKubeApi } from '@tenantry/backstage-plugin-tenants-node/testing';
import { ReadOnlyKubeApi } from './ReadOnlyKubeApi';

const configMaps = {
  group: '',
  version: 'v1',
  resource: 'configmaps',
  kind: 'ConfigMap',
  namespaced: true,
};
const { signal } = new AbortController();
const at = { namespace: 'a', name: 'settings', signal };
const writing = { ...at, fieldManager: 'test', project: String };
const manifest = {
  apiVersion: 'v1',
  kind: 'ConfigMap',
  metadata: { name: 'settings', namespace: 'a' },
  data: { colour: 'blue' },
};

async function names(api: ReadOnlyKubeApi): Promise<number> {
  const page = await api.list(configMaps, {
    namespace: 'a',
    limit: 10,
    project: String,
    signal,
  });
  return page.items.length;
}

describe('a cluster that is only looked at', () => {
  const given = () => new FakeKubeApi({ cluster: 'east' });

  it('refuses every write before it is sent', async () => {
    const api = new ReadOnlyKubeApi(given());
    const writes = [
      () => api.create(configMaps, { ...writing, manifest }),
      () => api.apply(configMaps, { ...writing, manifest, force: true }),
      () => api.mergePatch(configMaps, { ...writing, patch: {} }),
      () => api.delete(configMaps, { ...at, propagation: 'Background' }),
    ];
    for (const write of writes) {
      const refused = await write().then(
        () => undefined,
        error => error,
      );
      expect(isForbidden(refused)).toBe(true);
      expect(refused.message).toBe(
        'Nothing is written to cluster east: tenants.readOnly is set.',
      );
    }
    expect(await names(api)).toBe(0);
  });

  it('lets dry runs pass, which change nothing', async () => {
    const api = new ReadOnlyKubeApi(given());
    await expect(
      api.create(configMaps, { ...writing, manifest, dryRun: true }),
    ).resolves.toContain('blue');
    expect(await names(api)).toBe(0);
  });
});
