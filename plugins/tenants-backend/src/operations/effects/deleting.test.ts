// SPDX-License-Identifier: Apache-2.0
import { EffectsBench } from './__testUtils__/EffectsBench';
import { namesOf, shopOn } from './__testUtils__/shopOn';

let bench: EffectsBench;
const { claim, everything, inShop, objects, start } = shopOn(() => bench);

beforeEach(async () => {
  bench = await EffectsBench.start('eu');
  await start();
});
afterEach(() => bench.stop());

describe('delete', () => {
  const retain = async () =>
    bench.run({ type: 'delete' }, [await everything({ state: 'retained' })]);

  it('removes what was rendered and keeps namespace, volume claims and secrets', async () => {
    claim('data');
    const { errors } = await retain();
    expect(errors).toEqual([]);
    expect(namesOf(objects().list('deployments.apps', 'shop-dev'))).toEqual([]);
    expect(namesOf(objects().list('services', 'shop-dev'))).toEqual([]);
    expect(
      namesOf(objects().list('persistentvolumeclaims', 'shop-dev')),
    ).toEqual(['data']);
    expect(
      objects().get('namespaces', { name: 'shop-dev' })?.metadata
        .deletionTimestamp,
    ).toBeUndefined();
    expect(await bench.record()).toMatchObject({
      state: 'retained',
      revision: 1,
    });
  });

  it('can be brought back as it was', async () => {
    await retain();
    const { errors } = await bench.apply([await everything()]);
    expect(errors).toEqual([]);
    expect(namesOf(objects().list('deployments.apps', 'shop-dev'))).toEqual([
      'db',
      'web',
    ]);
    expect(await bench.record()).toMatchObject({
      state: 'active',
      revision: 2,
    });
  });

  it('keeps the claims of a StatefulSet that says they go with it', async () => {
    const planned = await everything();
    const [first] = planned.objects.filter(
      ({ manifest }) => manifest.kind === 'Deployment',
    );
    const manifest = {
      ...first?.manifest,
      apiVersion: 'apps/v1',
      kind: 'StatefulSet',
      metadata: { ...first?.manifest.metadata, name: 'store' },
      spec: {
        ...Object(first?.manifest.spec),
        serviceName: 'store',
        persistentVolumeClaimRetentionPolicy: {
          whenDeleted: 'Delete',
          whenScaled: 'Retain',
        },
      },
    };
    const withSet = {
      ...planned,
      objects: [...planned.objects, { manifest, module: 'store', wave: 0 }],
    };
    await bench.apply([withSet]);
    const policies: unknown[] = [];
    objects().onChange(({ resource, object }) => {
      if (resource === 'statefulsets.apps')
        policies.push(
          Object(object.spec?.persistentVolumeClaimRetentionPolicy).whenDeleted,
        );
    });
    await retain();
    expect(policies.at(-1)).toBe('Retain');
    expect(namesOf(objects().list('statefulsets.apps', 'shop-dev'))).toEqual(
      [],
    );
  });
});

describe('purge', () => {
  it('needs the tenant’s name once more', async () => {
    const run = bench.run({ type: 'purge', confirm: 'shap' }, []);
    await expect(run).rejects.toThrow('give the tenant’s name "shop"');
    expect(objects().get('namespaces', { name: 'shop-dev' })).toBeDefined();
  });

  it('names the volumes, deletes the namespace and forgets the environment', async () => {
    claim('data');
    const { errors, log } = await bench.run(
      { type: 'purge', confirm: 'shop' },
      [],
    );
    expect(errors).toEqual([]);
    expect(log).toEqual([expect.stringContaining('shop-dev/data')]);
    expect(objects().get('namespaces', { name: 'shop-dev' })).toBeUndefined();
    await expect(bench.record()).rejects.toThrow('no record');
  });

  it('waits while something holds the namespace, and says what', async () => {
    objects().modify('deployments.apps', inShop('web'), draft => {
      draft.metadata.finalizers = ['example.com/hold'];
    });
    const { waited } = await bench.run({ type: 'purge', confirm: 'shop' }, [], {
      onWait: async () => false,
    });
    expect(waited).toEqual([
      expect.stringContaining('Namespace "shop-dev" is still being deleted'),
    ]);
    expect(waited[0]).toContain('example.com/hold');
    expect(await bench.record()).toBeDefined();
  });

  it('gives up on a namespace that does not go, says what holds it, and can be tried again', async () => {
    const hold = (finalizers: string[]) =>
      objects().modify('deployments.apps', inShop('web'), draft => {
        draft.metadata.finalizers = finalizers;
      });
    hold(['example.com/hold']);
    const purge = { type: 'purge' as const, confirm: 'shop' };
    const { errors, waited } = await bench.run(purge, []);
    expect(errors).toEqual([
      {
        reason: 'Terminating',
        message: expect.stringMatching(
          /^Namespace "shop-dev" is still there after 30 minutes: .*example\.com\/hold.* then try again\.$/,
        ),
        retryable: false,
      },
    ]);
    expect(waited.every(message => message.includes('example.com/hold'))).toBe(
      true,
    );
    expect(await bench.record()).toBeDefined();
    hold([]);
    expect((await bench.run(purge, [])).errors).toEqual([]);
    expect(objects().get('namespaces', { name: 'shop-dev' })).toBeUndefined();
  });

  it('leaves a namespace alone that is labelled as another tenant’s by now', async () => {
    objects().modify('namespaces', { name: 'shop-dev' }, draft => {
      draft.metadata.labels = { 'tenantry.dev/tenant': 'bank' };
    });
    const { errors } = await bench.run({ type: 'purge', confirm: 'shop' }, []);
    expect(errors).toMatchObject([{ reason: 'NotOurs' }]);
    expect(
      objects().get('namespaces', { name: 'shop-dev' })?.metadata
        .deletionTimestamp,
    ).toBeUndefined();
  });
});
