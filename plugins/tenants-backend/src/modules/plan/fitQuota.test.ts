// SPDX-License-Identifier: Apache-2.0
import { tier } from '../testing/catalogueBuilders';
import { fitQuota, misfits } from './fitQuota';
import type { ModuleAmounts } from './ModuleAmounts';

const amounts = (
  module: string,
  values: Record<string, number>,
): ModuleAmounts => ({ module, amounts: values, estimated: false });

const live = (resource: string, used: number, hard: number) =>
  new Map([[resource, { used, hard }]]);

describe('fitQuota', () => {
  it('takes what the modules use now out of what is used before it adds what they will use', () => {
    const [cpu] = fitQuota({
      tier: tier('standard', { 'requests.cpu': '4' }),
      live: live('requests.cpu', 2.5, 4),
      before: [amounts('web', { 'requests.cpu': 2 })],
      after: [
        amounts('web', { 'requests.cpu': 3 }),
        amounts('db', { 'requests.cpu': 0.1 }),
      ],
    });
    expect(cpu).toMatchObject({
      used: 2.5,
      after: 3.6,
      left: 0.4,
      byModule: [
        { module: 'web', amount: 3 },
        { module: 'db', amount: 0.1 },
      ],
    });
  });

  it('reads a quota on cpu as one on requests', () => {
    const [cpu] = fitQuota({
      tier: tier('standard', { cpu: '4' }),
      live: new Map(),
      before: [],
      after: [amounts('web', { 'requests.cpu': 3 })],
    });
    expect(cpu).toMatchObject({ resource: 'cpu', unit: 'cores', left: 1 });
  });

  it('counts volumes on when what used them sleeps or goes', () => {
    const [claims, storage] = fitQuota({
      tier: tier('standard', {
        persistentvolumeclaims: '5',
        'requests.storage': '10Gi',
      }),
      live: new Map(),
      before: [
        amounts('db', { persistentvolumeclaims: 2, 'requests.storage': 2e9 }),
        amounts('old', { persistentvolumeclaims: 1 }),
      ],
      after: [
        amounts('db', { persistentvolumeclaims: 0, 'requests.storage': 0 }),
        amounts('new', { persistentvolumeclaims: 1 }),
      ],
    });
    expect(claims.after).toBe(4);
    expect(storage.after).toBe(2e9);
  });

  it('blames a plan only for what it makes worse', () => {
    const quota = { 'requests.cpu': '2' };
    const fitAfter = (after: number) =>
      fitQuota({
        tier: tier('standard', quota),
        live: live('requests.cpu', 3, 2),
        before: [amounts('web', { 'requests.cpu': 3 })],
        after: [amounts('web', { 'requests.cpu': after })],
      });
    const blamed = (after: number, hardNow: number) =>
      misfits(fitAfter(after), live('requests.cpu', 3, hardNow)).length;
    expect(blamed(3, 2)).toBe(0);
    expect(blamed(2.5, 2)).toBe(0);
    expect(blamed(3.5, 2)).toBe(1);
    expect(blamed(3, 4)).toBe(1);
  });
});
