// SPDX-License-Identifier: Apache-2.0
// A file of its own: the framework keeps what it was told about permissions between the tests of one.
import { mockApis, renderTestApp } from '@backstage/frontend-test-utils';
import { AuthorizeResult } from '@backstage/plugin-permission-common';
import { screen } from '@testing-library/react';
import { tenantsApiRef } from '../api';
import { tenantsPlugin } from '../plugin';
import { FakeTenantsApi } from '../testing/FakeTenantsApi';
import { createScenario } from '../testing/Scenario';

describe('viewing as somebody else without the right to see the platform', () => {
  it('is not offered, and says so to whom has lost the right', async () => {
    sessionStorage.setItem('tenantry.viewAs', 'user:default/mia');
    renderTestApp({
      features: [tenantsPlugin],
      initialRouteEntries: ['/tenants/platform'],
      apis: [
        [tenantsApiRef, new FakeTenantsApi(createScenario('many'))],
        mockApis.permission({ authorize: AuthorizeResult.DENY }),
        mockApis.identity(),
      ],
    });
    expect(
      await screen.findByText(/You may not view as others any more/),
    ).toBeInTheDocument();
    expect(
      screen.queryByRole('button', { name: 'View as…' }),
    ).not.toBeInTheDocument();
  });
});
