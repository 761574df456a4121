// SPDX-License-Identifier: Apache-2.0
import type { PartialData } from '@tenantry/backstage-plugin-tenants-common';
import { createFakeClusterView } from '../informers/testing';
import { partialOf, unknownUnits, unreadKinds } from './unknownUnits';

function part(more: Partial<PartialData>): PartialData {
  return { cluster: 'eu', reason: 'Forbidden', message: 'No.', ...more };
}

const view = createFakeClusterView({
  name: 'eu',
  partial: [
    part({ kind: 'Pod', namespace: 'bank' }),
    part({ namespace: 'bank' }),
    part({ kind: 'Service' }),
  ],
});

it('what is missing of one namespace does not concern another', () => {
  expect(partialOf(view, ['shop'])).toEqual([part({ kind: 'Service' })]);
  expect(unknownUnits(view, ['shop'])).toEqual([]);
  expect([...unreadKinds(view, ['shop'])]).toEqual(['Service']);
});

it('what is missing of one of its namespaces makes an environment unknown', () => {
  const units = unknownUnits(view, ['shop', 'bank']);
  expect(
    units.map(({ kind, name, namespace }) => [kind, name, namespace]),
  ).toEqual([
    ['Namespace', 'bank', 'bank'],
    ['Pod', '', 'bank'],
  ]);
  expect(units.every(({ verdict }) => verdict.code === 'Unknown')).toBe(true);
});
