// SPDX-License-Identifier: Apache-2.0
import { mockServices } from '@backstage/backend-test-utils';
import { catalogServiceMock } from '@backstage/plugin-catalog-node/testUtils';
import { strangersIn } from './strangersIn';

const auth = mockServices.auth();
const ada = {
  apiVersion: 'backstage.io/v1alpha1',
  kind: 'User',
  metadata: { name: 'ada', namespace: 'default' },
  spec: {},
};

it('are those the catalogue does not have', async () => {
  const catalog = catalogServiceMock({ entities: [ada] });
  const strangers = strangersIn({ catalog, auth, onFailure: fail });
  expect(await strangers(['user:default/ada', 'user:default/adda'])).toEqual([
    'user:default/adda',
  ]);
  expect(await strangers([])).toEqual([]);
});

it('are not known while the catalogue does not answer, and that is reported', async () => {
  const failures: unknown[] = [];
  const strangers = strangersIn({
    catalog: { getEntitiesByRefs: () => Promise.reject(new Error('away')) },
    auth,
    onFailure: error => failures.push(error),
  });
  expect(await strangers(['user:default/ada'])).toBeUndefined();
  expect(failures).toEqual([new Error('away')]);
});

function fail(error: unknown): never {
  throw error;
}
