// SPDX-License-Identifier: Apache-2.0
import { discoveryApiRef, fetchApiRef } from '@backstage/frontend-plugin-api';
import { mockApis, renderTestApp } from '@backstage/frontend-test-utils';
import { catalogApiRef } from '@backstage/plugin-catalog-react';
import { catalogApiMock } from '@backstage/plugin-catalog-react/testUtils';
import {
  VIEW_AS_HEADER,
  type StreamRequest,
  type TenantsApi,
} from '@tenantry/backstage-plugin-tenants-common';
import { screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { tenantsApiRef } from '../api';
import { tenantsPlugin } from '../plugin';
import { FakeTenantsApi } from '../testing/FakeTenantsApi';
import { createScenario } from '../testing/Scenario';

const catalog = catalogApiMock({
  entities: ['mia', 'paul'].map(name => ({
    apiVersion: 'backstage.io/v1alpha1',
    kind: 'User',
    metadata: { name, namespace: 'default' },
  })),
});

type Options = {
  readonly path?: string;
  readonly api?: TenantsApi;
};

function open(options: Options = {}) {
  const { path = '/tenants/platform' } = options;
  const api = options.api ?? new FakeTenantsApi(createScenario('many'));
  return renderTestApp({
    features: [tenantsPlugin],
    initialRouteEntries: [path],
    apis: [
      [tenantsApiRef, api],
      [catalogApiRef, catalog],
      mockApis.permission(),
      mockApis.identity({ userEntityRef: 'user:default/pia' }),
    ],
  });
}

async function choose(text: string) {
  await userEvent.click(
    await screen.findByRole('button', { name: 'View as…' }),
  );
  const dialog = await screen.findByRole('dialog');
  const field = within(dialog).getByRole('textbox', { name: 'User' });
  await userEvent.type(field, text);
  await userEvent.click(within(dialog).getByRole('button', { name: 'View' }));
}

const banner = () => screen.findByRole('region', { name: 'View as' });

beforeEach(() => sessionStorage.clear());

describe('viewing as somebody else', () => {
  it('starts on the platform page, is said on every page, and stops', async () => {
    const api = new FakeTenantsApi(createScenario('many'));
    open({ api });
    await choose('mia');
    expect(await banner()).toHaveTextContent(
      'Viewing as user:default/mia — read-only.',
    );
    await userEvent.click(
      await screen.findByRole('link', { name: '1 Degraded' }),
    );
    expect(
      await screen.findByRole('heading', { name: 'Tenants', level: 2 }),
    ).toBeInTheDocument();
    await userEvent.click(
      within(await banner()).getByRole('button', { name: 'Stop viewing' }),
    );
    await waitFor(() =>
      expect(
        screen.queryByRole('region', { name: 'View as' }),
      ).not.toBeInTheDocument(),
    );
    expect(sessionStorage).toHaveLength(0);
  });

  it('opens the stream anew for the other person', async () => {
    const api = new FakeTenantsApi(createScenario('many'));
    open({ api });
    await screen.findByRole('table', { name: 'Clusters' });
    const before = api.requests.length;
    await choose('mia');
    // The page knows the platform, so a request that only adds a subscription would carry its cursor on.
    const startsAnew = ({ subs }: StreamRequest) =>
      subs.some(({ kind }) => kind === 'platform') &&
      subs.every(({ cursor }) => cursor === undefined);
    await waitFor(() =>
      expect(api.requests.slice(before).some(startsAnew)).toBe(true),
    );
  });

  it('suggests users of the catalogue', async () => {
    open();
    await userEvent.click(
      await screen.findByRole('button', { name: 'View as…' }),
    );
    const field = await screen.findByRole('textbox', { name: 'User' });
    await userEvent.type(field, 'mi');
    const known = await screen.findByRole('list', {
      name: 'Users of the catalogue',
    });
    const [only, ...others] = within(known).getAllByRole('button');
    expect(others).toEqual([]);
    await userEvent.click(only);
    expect(field).toHaveValue('user:default/mia');
  });

  it.each([
    ['nobody', 'The catalogue has no user:default/nobody.'],
    ['unasked', 'The portal’s policy cannot be asked.'],
  ])('does not start as %s and says why', async (name, why) => {
    open();
    await choose(name);
    expect(await screen.findByRole('alert')).toHaveTextContent(why);
    expect(sessionStorage).toHaveLength(0);
  });

  it('says what is wrong with somebody who is gone meanwhile', async () => {
    sessionStorage.setItem('tenantry.viewAs', 'user:default/nobody');
    open({ path: '/tenants/t/analytics-core/overview' });
    expect(
      await screen.findByText(/The catalogue has no user:default\/nobody\./),
    ).toBeInTheDocument();
  });

  it('sends the user along with requests and streams', async () => {
    sessionStorage.setItem('tenantry.viewAs', 'user:default/mia');
    const asked: [path: string, viewAs: string | null][] = [];
    renderTestApp({
      features: [tenantsPlugin],
      initialRouteEntries: ['/tenants'],
      apis: [
        [discoveryApiRef, { getBaseUrl: async id => `http://portal/${id}` }],
        [
          fetchApiRef,
          {
            fetch: async (input, init) => {
              const { pathname } = new URL(String(input));
              const viewAs = new Headers(init?.headers).get(VIEW_AS_HEADER);
              asked.push([pathname, viewAs]);
              return new Response('{}', { status: 503 });
            },
          },
        ],
        mockApis.permission(),
        mockApis.identity(),
      ],
    });
    await waitFor(() => {
      expect(asked).toContainEqual(['/tenants/v1/tenants', 'user:default/mia']);
      expect(asked).toContainEqual(['/tenants/v1/stream', 'user:default/mia']);
    });
    expect(asked.every(([, viewAs]) => viewAs !== null)).toBe(true);
  });
});
