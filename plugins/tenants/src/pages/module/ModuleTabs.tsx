// SPDX-License-Identifier: Apache-2.0
import { Tab, TabList, TabPanel, Tabs } from '@backstage/ui';
import type { ReactNode } from 'react';
import { TabLine } from '../../components/TabLine';
import { useLinks } from '../../navigation';
import { MODULE_TABS, type ModuleTab } from '../../routes';
import { classes } from '../../styles';
import { useText, type Translate } from '../../useText';

/** The name of a part of a module. */
export function moduleTabTitle(t: Translate, tab: ModuleTab): string {
  const titles: Record<ModuleTab, string> = {
    overview: t('module.tabOverview'),
    releases: t('module.tabReleases'),
    parameters: t('module.tabParameters'),
    runbook: t('module.tabRunbook'),
    definition: t('module.tabDefinition'),
  };
  return titles[tab];
}

/** The parts of a module, each with an address, and the one that is open. */
export function ModuleTabs(props: {
  readonly name: string;
  readonly tab: ModuleTab;
  readonly children: ReactNode;
}) {
  const { name, tab, children } = props;
  const t = useText();
  const links = useLinks();
  return (
    <Tabs selectedKey={tab}>
      <TabLine open={tab}>
        <TabList aria-label={t('module.tabs')}>
          {MODULE_TABS.map(part => (
            <Tab key={part} id={part} href={links.module(name, part)}>
              {moduleTabTitle(t, part)}
            </Tab>
          ))}
        </TabList>
      </TabLine>
      <TabPanel id={tab} className={classes.tabPanel}>
        {children}
      </TabPanel>
    </Tabs>
  );
}
