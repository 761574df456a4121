// SPDX-License-Identifier: Apache-2.0
import { Tab, TabList, TabPanel, Tabs } from '@backstage/ui';
import type { ReactNode } from 'react';
import { useLinks } from '../../navigation';
import { TENANT_TABS, type TenantTab } from '../../routes';
import classes from '../../tenantry.module.css';
import { useText, type Translate } from '../../useText';

/** The name of a part of a tenant. */
export function tabTitle(t: Translate, tab: TenantTab): string {
  const titles: Record<TenantTab, string> = {
    overview: t('nav.overview'),
    workloads: t('nav.workloads'),
    logs: t('nav.logs'),
    events: t('nav.events'),
    quota: t('nav.quota'),
  };
  return titles[tab];
}

/** The parts of a tenant, each with an address, and the one that is open. */
export function TenantTabs(props: {
  readonly name: string;
  readonly tab: TenantTab;
  readonly children: ReactNode;
}) {
  const { name, tab, children } = props;
  const t = useText();
  const links = useLinks();
  return (
    // Selected here and not by BUI, which knows it one render later: the panel would come and go.
    <Tabs selectedKey={tab}>
      <div className={classes.tabLine}>
        <TabList aria-label={t('tenant.tabs')}>
          {TENANT_TABS.map(part => (
            <Tab key={part} id={part} href={links.tenant(name, part)}>
              {tabTitle(t, part)}
            </Tab>
          ))}
        </TabList>
      </div>
      <TabPanel id={tab} className={classes.tabPanel}>
        {children}
      </TabPanel>
    </Tabs>
  );
}
