// SPDX-License-Identifier: Apache-2.0
import type {
  Container,
  Environment,
} from '@tenantry/backstage-plugin-tenants-common';
import { selectLogContainers } from './selectLogContainers';

const healthy = { code: 'Healthy' as const, reason: '', message: '' };
const rollUp = { ...healthy, counts: {} };
const createdAt = '2026-01-01T00:00:00Z';

const container = (
  name: string,
  fields: Partial<Container> = {},
): Container => ({
  name,
  role: 'main',
  image: 'registry.example/x:1',
  state: 'running',
  ready: true,
  restarts: 0,
  ...fields,
});

function environment(name: string, containers: Container[]): Environment {
  const namespace = `shop-${name}`;
  const pod = {
    name: `web-${name}`,
    namespace,
    uid: `uid-${name}`,
    phase: 'Running',
    health: healthy,
    ready: true,
    restarts: 0,
    createdAt,
    containers,
  };
  const workload = {
    kind: 'Deployment',
    name: 'web',
    namespace,
    uid: `uid-web-${name}`,
    health: healthy,
    images: [],
    restarts: 0,
    createdAt,
    pods: [pod],
  };
  return {
    name,
    cluster: 'east',
    namespaces: [namespace],
    state: 'Active',
    health: rollUp,
    freshness: 'synced',
    modules: [{ name: 'shop', health: rollUp, workloads: [workload] }],
    quota: [],
  };
}

const lastExit = { code: 1, reason: 'Error' };
const tenant = {
  environments: [
    environment('prod', [
      container('main'),
      container('proxy', { role: 'sidecar' }),
      container('setup', { role: 'init', state: 'terminated' }),
      container('crashed', { state: 'waiting', restarts: 3, lastExit }),
      container('starting', { state: 'waiting' }),
    ]),
    environment('dev', [container('main')]),
  ],
};

const select = (wanted: Partial<Parameters<typeof selectLogContainers>[1]>) =>
  selectLogContainers(tenant, { previous: false, ...wanted }).map(
    found => `${found.environment}/${found.container}`,
  );

describe('selectLogContainers', () => {
  it('takes main containers and sidecars that have run, of all that is not named', () => {
    expect(select({})).toEqual([
      'prod/main',
      'prod/proxy',
      'prod/crashed',
      'dev/main',
    ]);
  });

  it.each([
    [{ environment: 'dev' }, ['dev/main']],
    [{ container: 'setup' }, ['prod/setup']],
    [{ container: 'starting' }, []],
    [{ pod: 'web-dev' }, ['dev/main']],
    [{ workload: 'other' }, []],
    [{ module: 'shop', environment: 'prod', container: 'main' }, ['prod/main']],
    [{ previous: true }, ['prod/crashed']],
  ])('takes for %j only what it names', (wanted, expected) => {
    expect(select(wanted)).toEqual(expected);
  });

  it('says how the run ended that is read, where it has ended', () => {
    const once = container('once', {
      state: 'terminated',
      reason: 'Error',
      exitCode: 3,
    });
    const again = container('again', { restarts: 1, lastExit });
    const of = (
      one: ReturnType<typeof container>,
      wanted: { previous: boolean },
    ) =>
      selectLogContainers(
        { environments: [environment('prod', [one])] },
        wanted,
      )
        .map(({ exit }) => exit)
        .at(0);
    const crashed = container('crashed', {
      state: 'waiting',
      restarts: 3,
      lastExit,
    });
    expect(of(crashed, { previous: false })).toEqual(lastExit);
    expect(of(once, { previous: false })).toEqual({ reason: 'Error', code: 3 });
    expect(of(again, { previous: false })).toBeUndefined();
    expect(of(again, { previous: true })).toEqual(lastExit);
  });
});
