// SPDX-License-Identifier: Apache-2.0
import { act, cleanup, waitFor } from '@testing-library/react';
import { renderTenants } from '../__testUtils__/renderTenants';
import { FakeTenantsApi } from './FakeTenantsApi';
import { pageAddresses } from './pageAddresses';
import { createScenario, SCENARIO_NAMES } from './Scenario';

const MODULE = 'airflow';

describe.each(SCENARIO_NAMES)('in the scenario %s', name => {
  const scenario = createScenario(name);
  const pages = pageAddresses({ tenant: scenario.tenant.name, module: MODULE });

  it.each(pages)('$path opens', async ({ path }) => {
    const t0 = Date.now();
    const { container } = renderTenants(path, new FakeTenantsApi(scenario));
    let h = '';
    try {
    await waitFor(() => {
      const heading = container.ownerDocument.querySelector('h1');
      expect(heading).toBeInTheDocument();
    }, {timeout: 3000});
     } catch { h = 'NO H1 '; }
    await waitFor(() =>
      expect(document.querySelector('[data-testid="progress"]')).toBeNull(),
    );
    const fs = require('fs');
    fs.appendFileSync('/tmp/matrix.txt', `${name} ${path} ${Date.now()-t0}ms ${h}${[...document.querySelectorAll('h1')].map(x => x.textContent).join('|')} :: ${document.querySelector('main')?.textContent?.slice(0,160)}\n`);
  });
});
void act; void cleanup;
