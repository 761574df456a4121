// SPDX-License-Identifier: Apache-2.0
import { mockApis, renderTestApp } from '@backstage/frontend-test-utils';
import { screen } from '@testing-library/react';
import { tenantsApiRef } from '../api';
import { tenantsPlugin } from '../plugin';
import { FakeTenantsApi } from '../testing/FakeTenantsApi';
import { createScenario } from '../testing/Scenario';

const languages = {
  defaultLanguage: 'de',
  availableLanguages: ['en', 'de'],
};

it('shows the pages in German where the portal offers it, with no code in the portal', async () => {
  renderTestApp({
    features: [tenantsPlugin],
    initialRouteEntries: ['/tenants'],
    config: {
      app: {
        baseUrl: 'http://localhost:3000',
        extensions: [{ 'api:app/app-language': { config: languages } }],
      },
      backend: { baseUrl: 'http://localhost:7007' },
    },
    apis: [
      [tenantsApiRef, new FakeTenantsApi(createScenario('many'))],
      mockApis.permission(),
      mockApis.identity({ userEntityRef: 'user:default/maria.k' }),
    ],
  });
  expect(
    await screen.findByRole('searchbox', { name: 'Tenants suchen' }),
  ).toBeInTheDocument();
  expect(
    screen.getByRole('columnheader', { name: /Zustand/ }),
  ).toBeInTheDocument();
});
