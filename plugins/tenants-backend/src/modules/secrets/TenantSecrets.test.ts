// SPDX-License-Identifier: Apache-2.0
import { FakeKubeApi } from '@tenantry/backstage-plugin-tenants-node/testing';
import type { EnvironmentRecord } from '../../records/EnvironmentRecord';
import { recordOf } from '../../records/testing/recordOf';
import { FakeClock } from '../../time/testing/FakeClock';
import { catalogue, moduleOf, release } from '../testing/catalogueBuilders';
import { TenantSecrets } from './TenantSecrets';

const { signal } = new AbortController();
const secret = (name: string, required = true) => ({
  name,
  required,
  generate: false,
});
const modules = [
  moduleOf('web', [release('1.0.0', { secrets: [secret('token')] })]),
  moduleOf('api', [
    release('1.0.0', { secrets: [secret('token', false), secret('key')] }),
  ]),
  moduleOf('db', [release('1.0.0', { secrets: [secret('db-password')] })]),
];

let east: FakeKubeApi;
let records: EnvironmentRecord[];
let remembered: string[];

function secrets(): TenantSecrets {
  return new TenantSecrets({
    definitions: { current: () => catalogue(modules) },
    records: {
      ofTenant: async tenant => ({
        records: records.filter(one => one.tenant === tenant),
        unavailable: [],
      }),
    },
    kubeApi: name => (name === 'east' ? east : undefined),
    prefix: 'tenantry.dev',
    clock: new FakeClock(),
    prints: {
      remember: async (tenant, name) => {
        remembered.push(`${tenant} ${name}`);
      },
    },
  });
}

const toSet = (name = 'token', value = 'a value nobody sees') => ({
  tenant: 'shop',
  environment: 'dev',
  name,
  value,
  by: 'user:default/ann',
});

beforeEach(() => {
  east = new FakeKubeApi({ cluster: 'east' });
  remembered = [];
  const hash = 'h1';
  records = [
    recordOf({
      cluster: 'east',
      releases: {
        web: { version: '1.0.0', hash },
        api: { version: '1.0.0', hash },
      },
    }),
  ];
});

describe('TenantSecrets', () => {
  it('lists what the modules name, by whom it is used and whether it is set', async () => {
    const before = await secrets().list('shop', signal);
    expect(before).toEqual([
      {
        name: 'key',
        environment: 'dev',
        isSet: false,
        generated: false,
        usedBy: ['api'],
        required: true,
      },
      {
        name: 'token',
        environment: 'dev',
        isSet: false,
        generated: false,
        usedBy: ['api', 'web'],
        required: true,
      },
    ]);
    await secrets().set(toSet(), signal);
    expect((await secrets().list('shop', signal))[1]).toEqual({
      name: 'token',
      environment: 'dev',
      isSet: true,
      generated: false,
      updatedAt: expect.stringMatching(/^\d{4}-.*Z$/),
      updatedBy: 'user:default/ann',
      usedBy: ['api', 'web'],
      required: true,
    });
    expect(remembered).toEqual(['shop dev/token']);
  });

  it('writes one key into the environment’s namespace, outside of every ApplySet', async () => {
    await secrets().set(toSet(), signal);
    expect(east.objects('secrets')).toMatchObject([
      {
        metadata: {
          name: 'token',
          namespace: 'shop-dev',
          labels: {
            'app.kubernetes.io/managed-by': 'tenantry',
            'tenantry.dev/tenant': 'shop',
            'tenantry.dev/environment': 'dev',
          },
        },
        type: 'Opaque',
        data: {
          value: Buffer.from('a value nobody sees').toString('base64'),
        },
      },
    ]);
    const labels = east.objects('secrets')[0].metadata.labels ?? {};
    expect(Object.keys(labels)).not.toContain('applyset.kubernetes.io/part-of');
  });

  it('sets a secret before the module that needs it is added, and no other', async () => {
    await expect(
      secrets().set(toSet('db-password'), signal),
    ).resolves.toMatchObject({ isSet: true, usedBy: [], required: false });
    await expect(secrets().set(toSet('anything'), signal)).rejects.toThrow(
      'No module has a secret anything.',
    );
    await expect(secrets().set(toSet('../token'), signal)).rejects.toThrow(
      'A secret’s name has lower-case letters, digits and dashes, at most 63.',
    );
  });

  it('leaves alone what something else made', async () => {
    east.write('secrets', {
      apiVersion: 'v1',
      kind: 'Secret',
      metadata: { name: 'token', namespace: 'shop-dev' },
      type: 'kubernetes.io/service-account-token',
    });
    await expect(secrets().set(toSet(), signal)).rejects.toThrow(
      'There is a Secret token in dev that something else made. It is left alone: delete it first.',
    );
    expect(east.requests.filter(({ verb }) => verb === 'apply')).toEqual([]);
  });

  it('sets nothing for an environment that is not ours', async () => {
    await expect(
      secrets().set({ ...toSet(), environment: 'prod' }, signal),
    ).rejects.toThrow(
      'shop has no environment prod that Tenantry manages. Make it first, then set its secrets.',
    );
  });

  it('says which of some names are there', async () => {
    await secrets().set(toSet(), signal);
    const place = { cluster: 'east', namespace: 'shop-dev' };
    expect(
      await secrets().existing(place, ['token', 'key', 'No Name'], signal),
    ).toEqual(new Set(['token']));
  });

  it('says what failed without what was sent', async () => {
    east.allow('secrets', false);
    const value = 'marker-4711';
    const error = await secrets()
      .set(toSet('token', value), signal)
      .catch(caught => caught);
    expect(error.message).toBe(
      'The portal may not read or write secrets there: give its account the right on east.',
    );
    expect(JSON.stringify([error, error.message, error.stack])).not.toContain(
      value,
    );
  });
});
