// SPDX-License-Identifier: Apache-2.0
import { HomePageWidgetBlueprint } from '@backstage/plugin-home-react/alpha';

/** The tenants of the user on a home page of widgets. */
export const myTenantsWidget = HomePageWidgetBlueprint.make({
  name: 'my-tenants',
  params: {
    name: 'MyTenants',
    title: 'My tenants',
    description: 'Up to six tenants you own, the worst first, with the reason.',
    components: async () => {
      const { MyTenants } = await import('./MyTenants');
      return { Content: MyTenants };
    },
    layout: {
      width: { minColumns: 3, defaultColumns: 6 },
      height: { minRows: 2, defaultRows: 4 },
    },
  },
});
