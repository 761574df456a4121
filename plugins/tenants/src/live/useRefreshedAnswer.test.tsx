// SPDX-License-Identifier: Apache-2.0
import { tenantRowFixture } from '@tenantry/backstage-plugin-tenants-common/testing';
import { screen } from '@testing-library/react';
import { arrangeAnswer } from '../__testUtils__/arrangeAnswer';
import { catalogueRevision } from './useCatalogueRevision';
import { REST_MS, useRefreshedAnswer } from './useRefreshedAnswer';

const arrange = () =>
  arrangeAnswer<string | undefined>(
    ({ ask, environment, told }) =>
      useRefreshedAnswer(ask, 'key', { environment, revision: told }),
    undefined,
  );

it('asks again when there is another revision, not for the first that is heard', async () => {
  const { tell } = await arrange();
  await tell('a');
  expect(screen.getByText('1')).toBeInTheDocument();
  await tell('b');
  expect(screen.getByText('2')).toBeInTheDocument();
  await tell('b');
  expect(screen.getByText('2')).toBeInTheDocument();
});

it('asks once for many changes in a short time, and then knows the last', async () => {
  const { tell, pass } = await arrange();
  await tell('a');
  await tell('b');
  await tell('c');
  await tell('d');
  expect(screen.getByText('2')).toBeInTheDocument();
  await pass(REST_MS);
  expect(screen.getByText('3')).toBeInTheDocument();
  await pass(REST_MS);
  expect(screen.getByText('3')).toBeInTheDocument();
});

it('notices what changed while the stream was away', async () => {
  const { tell } = await arrange();
  await tell('a');
  await tell(undefined);
  await tell('b');
  expect(screen.getByText('2')).toBeInTheDocument();
});

it('asks nothing when nothing is told', async () => {
  const { tell, pass } = await arrange();
  await tell('a');
  await pass(600_000);
  expect(screen.getByText('1')).toBeInTheDocument();
});

describe('catalogueRevision', () => {
  const rows = [
    tenantRowFixture({ name: 'a', version: '1', modules: ['airflow'] }),
    tenantRowFixture({ name: 'b', version: '1', modules: ['kafka'] }),
  ];
  const before = catalogueRevision(rows, [{ version: 'x' }], 'airflow');

  it('is another when who runs the module changes, or the definitions do', () => {
    const changed = [{ ...rows[0], version: '2' }, rows[1]];
    const left = [{ ...rows[0], modules: [] }, rows[1]];
    const x = [{ version: 'x' }];
    expect(catalogueRevision(changed, x, 'airflow')).not.toBe(before);
    expect(catalogueRevision(left, x, 'airflow')).not.toBe(before);
    expect(catalogueRevision(rows, [{ version: 'y' }], 'airflow')).not.toBe(
      before,
    );
  });

  it('stays when somebody else changes', () => {
    const changed = [rows[0], { ...rows[1], version: '2' }];
    expect(catalogueRevision(changed, [{ version: 'x' }], 'airflow')).toBe(
      before,
    );
  });
});
