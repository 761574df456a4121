// SPDX-License-Identifier: Apache-2.0
import { useApi } from '@backstage/frontend-plugin-api';
import { ButtonLink } from '@backstage/ui';
import {
  moduleReadPermission,
  type ModuleDetail,
  type ModuleInstanceList,
} from '@tenantry/backstage-plugin-tenants-common';
import { tenantsApiRef } from '../../api';
import { AnswerGate } from '../../components/AnswerGate';
import { StaleNotice } from '../../components/StaleNotice';
import { StateBlock } from '../../components/StateBlock';
import type { Answer } from '../../live/useAnswer';
import { useCatalogueRevision } from '../../live/useCatalogueRevision';
import { useLiveTenants } from '../../live/useLive';
import { useRefreshedAnswer } from '../../live/useRefreshedAnswer';
import { useLinks } from '../../navigation';
import type { ModuleTab } from '../../routes';
import { useText } from '../../useText';
import { DetailPage } from '../PageFrame';
import { DefinitionTab } from './DefinitionTab';
import { ModuleHeader } from './ModuleHeader';
import { ModuleOverview } from './ModuleOverview';
import { ModuleTabs, moduleTabTitle } from './ModuleTabs';
import { ParametersTab } from './ParametersTab';
import { ReleasesTab } from './ReleasesTab';
import { RunbookTab } from './RunbookTab';

/** One module: may I use it, what does it need, who runs what, is a release bad. */
export function ModulePage(props: {
  readonly name: string;
  readonly tab: ModuleTab;
}) {
  const { name, tab } = props;
  const t = useText();
  const links = useLinks();
  const api = useApi(tenantsApiRef);
  const { connection } = useLiveTenants();
  const refresh = { revision: useCatalogueRevision(name) };
  const answer = useRefreshedAnswer(
    signal => api.modules.get(name, { signal }),
    name,
    refresh,
  );
  const instances = useRefreshedAnswer(
    signal => api.modules.listInstances(name, { signal }),
    name,
    refresh,
  );
  return (
    <DetailPage
      title={name}
      breadcrumbs={[
        { label: t('tenant.breadcrumbHome'), href: links.list },
        { label: t('module.breadcrumb'), href: links.modules },
        { label: name, href: links.module(name) },
        ...(tab === 'overview'
          ? []
          : [{ label: moduleTabTitle(t, tab), href: links.module(name, tab) }]),
      ]}
    >
      <StaleNotice connection={connection} />
      <AnswerGate
        answer={answer}
        errorTitle={t('module.errorTitle', { name })}
        forbiddenTitle={t('modules.forbiddenTitle')}
        permission={moduleReadPermission.name}
        notFound={<NoModule name={name} />}
      >
        {module => (
          <>
            <ModuleHeader module={module} instances={instances} />
            <ModuleTabs name={name} tab={tab}>
              <TabBody module={module} tab={tab} instances={instances} />
            </ModuleTabs>
          </>
        )}
      </AnswerGate>
    </DetailPage>
  );
}

function NoModule({ name }: { readonly name: string }) {
  const t = useText();
  const links = useLinks();
  return (
    <StateBlock
      kind="notFound"
      title={t('module.notFoundTitle', { name })}
      text={t('module.notFoundText')}
      actions={
        <ButtonLink variant="secondary" href={links.modules}>
          {t('module.allModules')}
        </ButtonLink>
      }
    />
  );
}

function TabBody(props: {
  readonly module: ModuleDetail;
  readonly tab: ModuleTab;
  readonly instances: Answer<ModuleInstanceList>;
}) {
  const { module, tab, instances } = props;
  switch (tab) {
    case 'overview':
      return <ModuleOverview module={module} instances={instances} />;
    case 'releases':
      return <ReleasesTab module={module} instances={instances.value?.items} />;
    case 'parameters':
      return <ParametersTab module={module} />;
    case 'runbook':
      return <RunbookTab module={module} />;
    case 'definition':
      return <DefinitionTab module={module} />;
    default:
      return tab satisfies never;
  }
}
