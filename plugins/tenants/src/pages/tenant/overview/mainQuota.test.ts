// SPDX-License-Identifier: Apache-2.0
import type { QuotaLine } from '@tenantry/backstage-plugin-tenants-common';
import { mainQuota } from './mainQuota';

function line(resource: string, used = 1): QuotaLine {
  return { resource, unit: 'count', used, hard: 10, consumers: [] };
}

const names = (quota: readonly QuotaLine[]) =>
  mainQuota(quota).map(({ resource }) => resource);

const ALL = [
  'count/secrets',
  'limits.memory',
  'limits.cpu',
  'pods',
  'requests.storage',
  'requests.memory',
  'requests.cpu',
];

describe('the main lines of a quota', () => {
  it('are what people ask for first', () => {
    expect(names(ALL.map(resource => line(resource)))).toEqual([
      'requests.cpu',
      'requests.memory',
      'requests.storage',
      'pods',
    ]);
  });

  it('hold whatever is nearly used up, in its usual place', () => {
    const quota = ALL.map(resource =>
      line(resource, resource === 'limits.cpu' ? 9 : 1),
    );
    expect(names(quota)).toEqual([
      'requests.cpu',
      'requests.memory',
      'requests.storage',
      'limits.cpu',
    ]);
  });

  it('are all of them where there are few', () => {
    expect(names([line('pods'), line('requests.cpu')])).toEqual([
      'requests.cpu',
      'pods',
    ]);
  });

  it('take something that is not allowed at all as used up', () => {
    const none = { ...line('count/secrets'), hard: 0, used: 1 };
    const quota = [...ALL.slice(1).map(resource => line(resource)), none];
    expect(names(quota)).toContain('count/secrets');
  });
});
