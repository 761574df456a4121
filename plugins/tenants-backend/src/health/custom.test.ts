// SPDX-License-Identifier: Apache-2.0
import type {
  CustomHealth,
  CustomKind,
} from '@tenantry/backstage-plugin-tenants-node';
import type { CustomObject } from '../informers/CustomListing';
import {
  arrayLister,
  containerObject,
  createFakeClusterView,
  podObject,
} from '../informers/testing';
import { createHealthContext } from './createHealthContext';
import { judgeCustom } from './custom';
import { CUSTOM_KIND_LIMITS, CustomKinds } from './CustomKinds';

const now = new Date('2026-01-01T12:00:00Z');
const type: CustomKind['type'] = {
  group: 'example.org',
  version: 'v1',
  resource: 'queues',
  kind: 'Queue',
  namespaced: true,
};
const queue: CustomObject = {
  kind: 'Queue',
  name: 'jobs',
  namespace: 'shop',
  uid: 'uid-jobs',
  resourceVersion: '1',
  generation: 2,
  observedGeneration: 2,
  createdAt: '2026-01-01T00:00:00Z',
  labels: {},
  annotations: {},
  finalizers: [],
  conditions: [],
  fields: { depth: 7 },
};

function judge(kind: Omit<CustomKind, 'type'>, object = queue) {
  const pod = podObject({
    name: 'jobs-0',
    controller: { kind: 'Queue', name: 'jobs', uid: 'uid-jobs' },
    containers: [
      containerObject({
        state: 'waiting',
        reason: 'CrashLoopBackOff',
        ready: false,
      }),
    ],
  });
  const view = createFakeClusterView({ objects: { pods: [pod] } });
  const listers = {
    ...view.listers,
    custom: [{ kind: { type, ...kind }, objects: arrayLister([object]) }],
  };
  const podsByOwner = new Map([['uid-jobs', [pod]]]);
  const context = createHealthContext(
    { listers, namespaces: ['shop'], podsByOwner },
    now,
  );
  return judgeCustom({ kind: { type, ...kind }, object }, context, now);
}

describe('judgeCustom', () => {
  it('takes the word of the module’s check over that of the pods', () => {
    const health: CustomHealth = {
      code: 'Progressing',
      reason: 'Filling',
      message: 'Queue jobs holds 7 messages.',
      since: '2026-01-01T11:00:00+01:00',
      changesAt: new Date('2026-01-01T13:00:00Z'),
    };
    expect(judge({ check: () => health })).toEqual({
      ...health,
      message: 'Queue jobs holds 7 messages',
      since: '2026-01-01T10:00:00.000Z',
    });
  });

  it('judges by the generic rules and by the pods where the check does not answer', () => {
    expect(judge({ check: () => undefined }).message).toMatch(
      /^jobs-0 is in CrashLoopBackOff/,
    );
    expect(judge({}, { ...queue, phase: 'Failed' }).code).toBe('Degraded');
  });

  it('shows what is being deleted whatever the check says', () => {
    const leaving = { ...queue, deletedAt: '2026-01-01T11:59:00Z' };
    const check = () =>
      ({ code: 'Healthy', reason: 'Ok', message: '' } as const);
    expect(judge({ check }, leaving).reason).toBe('Terminating');
  });

  it('shows Unknown, and nothing of the error’s text, when the check throws', () => {
    const check = () => {
      throw new TypeError('password=hunter2');
    };
    const { code, reason, message } = judge({ check });
    expect([code, reason]).toEqual(['Unknown', 'CheckFailed']);
    expect(message).toContain('failed on it (TypeError)');
    expect(message).not.toContain('hunter2');
  });

  it('lets nothing onto the wire that the contract does not allow', () => {
    const wild = (said: object) =>
      judge({ check: () => said as unknown as CustomHealth });
    expect(wild({ code: 'Fine' })).toMatchObject({ code: 'Unknown' });
    expect(
      wild({ code: 'Degraded', since: 'yesterday', changesAt: 'soon' }),
    ).toEqual({ code: 'Degraded', reason: 'undefined', message: '' });
    const long = wild({
      code: 'Degraded',
      reason: 'A',
      message: 'x'.repeat(9e3),
    });
    expect(long.message.length).toBeLessThan(500);
  });
});

describe('CustomKinds', () => {
  it.each<[string, Partial<CustomKind['type']>, string]>([
    ['a kind of the product', { kind: 'Pod' }, 'judges Pod itself'],
    ['a cluster-scoped kind', { namespaced: false }, 'not namespaced'],
    ['a path as a resource', { resource: 'queues/../secrets' }, 'as the API'],
    ['a core kind', { group: '' }, 'as the API server names them'],
  ])('refuses %s', (_what, change, words) => {
    const kinds = new CustomKinds();
    expect(() => kinds.addKind({ type: { ...type, ...change } })).toThrow(
      words,
    );
  });

  it('refuses a kind that another module has added, and more than its limits', () => {
    const kinds = new CustomKinds();
    kinds.addKind({ type });
    expect(() => kinds.addKind({ type: { ...type, version: 'v2' } })).toThrow(
      'The health check for "queues.example.org" is refused: another module',
    );
    const deep = Array(CUSTOM_KIND_LIMITS.depth + 1).fill('a');
    const other = { ...type, resource: 'topics' };
    expect(() => kinds.addKind({ type: other, fields: { deep } })).toThrow(
      'at most 16 fields',
    );
    for (let i = 1; i < CUSTOM_KIND_LIMITS.kinds; i++) {
      kinds.addKind({ type: { ...type, resource: `queues${i}` } });
    }
    expect(() => kinds.addKind({ type: other })).toThrow('which is the limit');
  });
});
