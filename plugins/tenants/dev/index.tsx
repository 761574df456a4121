// SPDX-License-Identifier: Apache-2.0
import { createDevApp } from '@backstage/frontend-dev-utils';
import {
  ApiBlueprint,
  AppRootElementBlueprint,
  createFrontendModule,
  createFrontendPlugin,
  PageBlueprint,
} from '@backstage/frontend-plugin-api';
import { permissionApiRef } from '@backstage/plugin-permission-react';
import { AuthorizeResult } from '@backstage/plugin-permission-common';
import plugin, { tenantsApiRef } from '../src';
import { FakeTenantsApi } from '../src/testing/FakeTenantsApi';
import {
  createScenario,
  SCENARIO_NAMES,
  type Scenario,
} from '../src/testing/Scenario';
import { shiftTimes } from '../src/testing/shiftTimes';
import { ScenarioIndex } from './ScenarioIndex';

// Every page in every state: `/` lists them, `/tenants?scenario=stale` is one; the links at the bottom change the state, which is kept for the tab.
const STORAGE_KEY = 'tenantry.dev.scenario';
const FIXTURE_NOW = Date.parse('2026-11-21T14:32:07.000Z');
const LINE_EVERY_MS = 400;

function chosenName() {
  const asked = new URLSearchParams(window.location.search).get('scenario');
  const name = asked ?? sessionStorage.getItem(STORAGE_KEY);
  const known = SCENARIO_NAMES.find(scenario => scenario === name) ?? 'many';
  sessionStorage.setItem(STORAGE_KEY, known);
  return known;
}

const name = chosenName();
const scenario: Scenario = shiftTimes(
  createScenario(name),
  Date.now() - FIXTURE_NOW,
);
const api = new FakeTenantsApi(scenario);

function writeLines(count: number) {
  api.pushLog({
    type: 'event',
    event: {
      type: 'lines',
      source: count % 3,
      text: `${new Date().toISOString()} INFO line ${count} of the development app`,
    },
  });
  setTimeout(() => writeLines(count + 1), LINE_EVERY_MS);
}
if (name === 'many') writeLines(1);

function ScenarioLinks() {
  return (
    <nav
      aria-label="Scenarios"
      style={{
        position: 'fixed',
        bottom: 4,
        right: 8,
        zIndex: 10,
        display: 'flex',
        gap: 8,
        fontSize: 12,
      }}
    >
      <a href="/">all pages</a>
      {SCENARIO_NAMES.map(scenarioName => (
        <a
          key={scenarioName}
          href={`${window.location.pathname}?scenario=${scenarioName}`}
          aria-current={scenarioName === name}
        >
          {scenarioName}
        </a>
      ))}
    </nav>
  );
}

createDevApp({
  features: [
    plugin,
    createFrontendPlugin({
      pluginId: 'scenarios',
      extensions: [
        PageBlueprint.make({
          params: {
            path: '/',
            title: 'Scenarios',
            noHeader: true,
            loader: async () => <ScenarioIndex />,
          },
        }),
      ],
    }),
    createFrontendModule({
      pluginId: 'tenants',
      extensions: [
        ApiBlueprint.make({
          params: defineParams =>
            defineParams({
              api: tenantsApiRef,
              deps: {},
              factory: () => api,
            }),
        }),
      ],
    }),
    createFrontendModule({
      pluginId: 'app',
      extensions: [
        ApiBlueprint.make({
          name: 'permission',
          params: defineParams =>
            defineParams({
              api: permissionApiRef,
              deps: {},
              factory: () => ({
                authorize: async () => ({ result: AuthorizeResult.ALLOW }),
              }),
            }),
        }),
        AppRootElementBlueprint.make({
          name: 'tenants-scenarios',
          params: { element: <ScenarioLinks /> },
        }),
      ],
    }),
  ],
});
