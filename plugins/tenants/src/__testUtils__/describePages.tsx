// SPDX-License-Identifier: Apache-2.0
/* eslint-disable jest/no-export -- a suite that two test files run, each with its states */
import { waitFor } from '@testing-library/react';
import { FakeTenantsApi } from '../testing/FakeTenantsApi';
import { pageAddresses } from '../testing/pageAddresses';
import { createScenario, type ScenarioName } from '../testing/Scenario';
import { renderTenants } from './renderTenants';

const MODULE = 'airflow';
const FAILED = /could not be (loaded|opened)/;
const CLOSED = /You may not|you may not see it/;

/** What a page in this state says, and what it does not say. */
const STATES: readonly {
  readonly name: ScenarioName;
  readonly says?: RegExp;
  readonly saysNot: RegExp;
  /** The pages that can be in this state; all, unless said. */
  readonly on?: RegExp;
}[] = [
  { name: 'many', saysNot: /Connecting|could not be|You may not/ },
  { name: 'one', saysNot: /Connecting|could not be|You may not/ },
  { name: 'empty', saysNot: /Connecting|could not be|You may not/ },
  {
    name: 'partial',
    says: /has sent nothing for/,
    saysNot: FAILED,
    on: /^\/tenants($|\/t\/)/,
  },
  {
    name: 'stale',
    says: /Reconnecting/,
    saysNot: FAILED,
    on: /^\/tenants($|\/t\/|\/platform)/,
  },
  { name: 'forbidden', says: CLOSED, saysNot: FAILED },
  { name: 'error', says: FAILED, saysNot: CLOSED },
  { name: 'loading', saysNot: /could not be|You may not/ },
];

/** Opens every page in some states, and reads what it says. */
export function describePages(names: readonly ScenarioName[]): void {
  describe.each(STATES.filter(({ name }) => names.includes(name)))(
    '$name',
    ({ name, says = /^/, saysNot = /(?!)/, on = /./ }) => {
      const scenario = createScenario(name);
      const pages = pageAddresses({
        tenant: scenario.tenant.name,
        module: MODULE,
      });

      it.each(pages.filter(({ path }) => on.test(path)))(
        '$path says so under its heading',
        async ({ path, heading }) => {
          renderTenants(path, new FakeTenantsApi(scenario));
          await waitFor(() => {
            const headings = [...document.querySelectorAll('h1')];
            expect(headings.map(h1 => h1.textContent)).toEqual([heading]);
            const text = document.querySelector('main')?.textContent ?? '';
            expect(text).toMatch(says);
            expect(text).not.toMatch(saysNot);
          });
        },
      );
    },
  );
}
