// SPDX-License-Identifier: Apache-2.0
import { Tab, TabList, TabPanel, Tabs } from '@backstage/ui';
import { RiLockLine } from '@remixicon/react';
import { useMemo, type ReactNode } from 'react';
import { WhyNot, type Closed } from '../../access/WhyNot';
import { TAB_PERMISSIONS } from '../../access/tabPermissions';
import type { Rights } from '../../access/useAllowedActions';
import { TabLine } from '../../components/TabLine';
import { useLinks } from '../../navigation';
import { TENANT_TABS, type TenantTab } from '../../routes';
import { classes } from '../../styles';
import { useText, type Translate } from '../../useText';

/** The name of a part of a tenant. */
export function tabTitle(t: Translate, tab: TenantTab): string {
  const titles: Record<TenantTab, string> = {
    overview: t('nav.overview'),
    modules: t('nav.modules'),
    workloads: t('nav.workloads'),
    logs: t('nav.logs'),
    timeline: t('timeline.title'),
    events: t('nav.events'),
    quota: t('nav.quota'),
    network: t('nav.network'),
    operations: t('nav.operations'),
    members: t('nav.members'),
    audit: t('nav.audit'),
  };
  return titles[tab];
}

function closedTabs(t: Translate, rights: Rights): Closed<TenantTab>[] {
  return TENANT_TABS.flatMap(id => {
    const permission = TAB_PERMISSIONS[id];
    const why = permission ? rights.explain(permission) : undefined;
    return why?.allowed === false ? [{ id, name: tabTitle(t, id), why }] : [];
  });
}

/** The parts of a tenant, each with an address, and the one that is open. Those closed to the user say why. */
export function TenantTabs(props: {
  readonly name: string;
  readonly tab: TenantTab;
  readonly rights: Rights;
  readonly children: ReactNode;
}) {
  const { name, tab, rights, children } = props;
  const t = useText();
  const links = useLinks();
  const closed = useMemo(() => closedTabs(t, rights), [t, rights]);
  return (
    // Selected here and not by BUI, which knows it one render later: the panel would come and go.
    <Tabs selectedKey={tab}>
      <TabLine open={tab}>
        <TabList aria-label={t('tenant.tabs')}>
          {TENANT_TABS.map(part => {
            const isClosed = closed.some(({ id }) => id === part);
            return (
              <Tab
                key={part}
                id={part}
                href={links.tenant(name, part)}
                // The open one stays as it is: its panel says what is missing.
                isDisabled={isClosed && part !== tab}
              >
                {isClosed && (
                  <RiLockLine
                    size={14}
                    className={classes.tabLock}
                    aria-hidden
                  />
                )}
                {tabTitle(t, part)}
              </Tab>
            );
          })}
        </TabList>
      </TabLine>
      {/* The panel of the open one says more. */}
      <WhyNot closed={closed.filter(({ id }) => id !== tab)} />
      <TabPanel id={tab} className={classes.tabPanel}>
        {children}
      </TabPanel>
    </Tabs>
  );
}
