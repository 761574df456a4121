// SPDX-License-Identifier: Apache-2.0
import { renderInTestApp } from '@backstage/frontend-test-utils';
import type { Tenant } from '@tenantry/backstage-plugin-tenants-common';
import { degradedTenantFixture } from '@tenantry/backstage-plugin-tenants-common/testing';
import { screen } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { useState } from 'react';
import { rootRouteRef } from '../../routes';
import type { RollUpNode } from './rollUp';
import { RollUpTree } from './RollUpTree';

/** The same tenant as a patch brings it: all of it new, and one pod restarted once more. */
function restarted(tenant: Tenant): Tenant {
  const next: Tenant = JSON.parse(JSON.stringify(tenant));
  const [{ modules }] = next.environments;
  modules[0].workloads[0].pods[1].restarts += 1;
  modules[0].workloads[0].restarts += 1;
  return { ...next, version: 'v2' };
}

it('draws only the rows again that have changed, and those above them', async () => {
  const drawn: string[] = [];
  const renderMenu = (node: RollUpNode) => {
    drawn.push(node.name);
    return null;
  };
  function Changing() {
    const [tenant, setTenant] = useState(degradedTenantFixture());
    return (
      <>
        <button onClick={() => setTenant(restarted)}>Restart</button>
        <RollUpTree tenant={tenant} renderMenu={renderMenu} />
      </>
    );
  }
  renderInTestApp(<Changing />, {
    mountedRoutes: { '/tenants': rootRouteRef },
  });
  await screen.findByTitle('airflow-worker-1');
  expect(new Set(drawn)).toContain('dev');
  drawn.length = 0;
  await userEvent.click(screen.getByRole('button', { name: 'Restart' }));
  expect(await screen.findAllByText('15')).not.toHaveLength(0);
  expect([...new Set(drawn)].sort()).toEqual([
    'airflow',
    'airflow-worker',
    'airflow-worker-1',
    'prod',
  ]);
});
