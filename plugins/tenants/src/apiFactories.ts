// SPDX-License-Identifier: Apache-2.0
import {
  createApiFactory,
  discoveryApiRef,
  fetchApiRef,
} from '@backstage/frontend-plugin-api';
import { TenantsClient } from '@tenantry/backstage-plugin-tenants-common';
import { ViewAsChoice } from './access/ViewAsChoice';
import { liveStreamApiRef, tenantsApiRef, viewAsApiRef } from './api';
import { browserEnvironment } from './live/LiveEnvironment';
import { LiveStream } from './live/LiveStream';
import { parseTopicValue } from './live/parseTopicValue';

/** As whom the tab looks at the portal. */
export const viewAsApiFactory = createApiFactory({
  api: viewAsApiRef,
  deps: {},
  factory: () => new ViewAsChoice({ storage: window.sessionStorage }),
});

/** The client of the tenants backend. */
export const tenantsApiFactory = createApiFactory({
  api: tenantsApiRef,
  deps: {
    discoveryApi: discoveryApiRef,
    fetchApi: fetchApiRef,
    viewAs: viewAsApiRef,
  },
  factory: ({ viewAs, ...deps }) =>
    new TenantsClient({ ...deps, viewAs: viewAs.get }),
});

/** The one live stream of the tab. */
export const liveStreamApiFactory = createApiFactory({
  api: liveStreamApiRef,
  deps: { api: tenantsApiRef, viewAs: viewAsApiRef },
  factory: ({ api, viewAs }) => {
    const stream = new LiveStream({
      api,
      env: browserEnvironment,
      parse: parseTopicValue,
    });
    // Both live as long as the tab.
    viewAs.subscribe(() => stream.reset());
    return stream;
  },
});
