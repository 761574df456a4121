// SPDX-License-Identifier: Apache-2.0
import type {
  Operation,
  Tenant,
} from '@tenantry/backstage-plugin-tenants-common';
import { recordOf } from '../../records/testing/recordOf';
import { FakeClock } from '../../time/testing/FakeClock';
import type { StartOptions } from '../OperationService';
import { LifetimeKeeper } from './LifetimeKeeper';
import { NoticeKeeper } from './NoticeKeeper';
import type { TenantNotice } from './Notifier';

const { signal } = new AbortController();
const day = 24 * 60 * 60_000;
let clock: FakeClock;
let told: TenantNotice[];
const notifier = {
  notify: async (notice: TenantNotice) => void told.push(notice),
};

beforeEach(() => {
  clock = new FakeClock('2026-03-01T00:00:00Z');
  told = [];
});

describe('the life of an environment with an end', () => {
  const started: StartOptions[] = [];
  const failures: string[] = [];

  it('goes by itself: told, put to sleep, deleted, never purged', async () => {
    const base = recordOf({ owner: 'group:default/team-a' });
    const spec = { ...base.spec, expiresAt: '2026-03-10T00:00:00.000Z' };
    let record = { ...base, spec };
    const keeper = new LifetimeKeeper({
      records: { all: async () => ({ records: [record], unavailable: [] }) },
      operations: {
        start: async options => {
          started.push(options);
          throw new Error('Not now.');
        },
      },
      notifier,
      settings: { warnBeforeMs: 7 * day, graceMs: 7 * day },
      clock,
      onFailure: tenant => failures.push(tenant),
    });
    for (let at = 0; at < 30; at += 1) {
      await keeper.run(signal);
      if (started.at(-1)?.request.type === 'sleep') {
        record = { ...record, spec: { ...spec, asleep: true } };
      }
      clock.advance(day);
    }
    expect(told.map(({ scope }) => scope)).toEqual([
      'tenants/expiry/shop/dev/2026-03-10T00:00:00.000Z',
      'tenants/expiry/shop/dev/2026-03-10T00:00:00.000Z/1d',
    ]);
    expect(told[0]).toMatchObject({
      recipients: ['group:default/team-a'],
      link: '/tenants/t/shop',
    });
    expect([...new Set(started.map(({ request }) => request.type))]).toEqual([
      'sleep',
      'delete',
    ]);
    const keys = started.map(({ idempotencyKey }) => idempotencyKey);
    expect(new Set(keys).size).toBe(2);
    expect(keys.every(key => /^[A-Za-z0-9._-]{1,100}$/.test(key ?? ''))).toBe(
      true,
    );
    expect(failures).toHaveLength(started.length);
  });
});

describe('what people are told', () => {
  let tenants: Tenant[];
  let operations: Operation[];
  let keeper: NoticeKeeper;

  const tenant = (code: 'Healthy' | 'Degraded'): Tenant => ({
    name: 'shop',
    version: 'v',
    owner: 'group:default/team-a',
    members: [],
    labels: {},
    health: { code, reason: 'x', message: '', counts: {} },
    conditions: [],
    causes:
      code === 'Healthy'
        ? []
        : [
            {
              environment: 'dev',
              cluster: 'eu',
              namespace: 'shop-dev',
              module: 'web',
              object: { kind: 'Deployment', name: 'web' },
              code,
              reason: 'CrashLoopBackOff',
              message: 'Container main keeps crashing.',
              previousLog: false,
            },
          ],
    environments: [],
    events: [],
    partial: [],
  });
  const operation = (
    state: 'succeeded' | 'failed' | 'cancelled',
    requestedBy = 'user:default/ada',
  ): Operation => ({
    id: `op-${state}`,
    tenant: 'shop',
    type: 'apply',
    title: 'Upgrade web to 2.0.0',
    state,
    environments: ['dev'],
    requestedBy,
    createdAt: '2026-03-01T00:00:00.000Z',
    endedAt: new Date(clock.now()).toISOString(),
    attempt: 1,
    maxAttempts: 3,
    steps: [],
    retryable: false,
    cancellable: false,
    lastEvent: 0,
    ...(state === 'failed' && {
      error: {
        reason: 'NotHealthy',
        message: 'It is not healthy: web.',
        retryable: false,
      },
    }),
  });

  beforeEach(() => {
    tenants = [];
    operations = [];
    keeper = new NoticeKeeper({
      tenants: () => tenants,
      history: { list: async () => ({ items: operations }) },
      notifier,
      clock,
    });
  });

  const look = async (code: 'Healthy' | 'Degraded') => {
    tenants = [tenant(code)];
    clock.advance(60_000);
    await keeper.run();
  };

  it('once per incident, after it has lasted, with its cause', async () => {
    for (let at = 0; at < 10; at += 1) await look('Degraded');
    expect(told).toEqual([
      {
        recipients: ['group:default/team-a'],
        title: 'shop is degraded',
        description: 'dev: Deployment web. Container main keeps crashing.',
        severity: 'high',
        link: '/tenants/t/shop',
        scope: 'tenants/health/shop/now',
      },
    ]);
    await look('Healthy');
    for (let at = 0; at < 5; at += 1) await look('Degraded');
    expect(told).toHaveLength(2);
  });

  it('nothing of what came and went', async () => {
    await look('Degraded');
    await look('Degraded');
    await look('Healthy');
    expect(told).toEqual([]);
  });

  it('the owner too, and of a scheduled operation only that it failed', async () => {
    tenants = [tenant('Healthy')];
    clock.advance(60_000);
    operations = [
      operation('succeeded'),
      operation('failed', 'service:tenants-schedule'),
    ];
    await keeper.run();
    expect(told.map(({ recipients }) => recipients)).toEqual([
      ['user:default/ada', 'group:default/team-a'],
      ['group:default/team-a'],
    ]);
  });

  it('how their operation ended, once', async () => {
    clock.advance(60_000);
    operations = [
      operation('failed'),
      operation('succeeded'),
      operation('cancelled'),
      operation('succeeded', 'service:tenants-schedule'),
    ];
    await keeper.run();
    clock.advance(60_000);
    await keeper.run();
    expect(told.map(({ title, description }) => [title, description])).toEqual([
      ['Upgrade web to 2.0.0: failed', 'It is not healthy: web.'],
      ['Upgrade web to 2.0.0: done', 'The operation on shop is done.'],
    ]);
  });
});
