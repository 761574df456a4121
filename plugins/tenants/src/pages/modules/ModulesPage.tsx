// SPDX-License-Identifier: Apache-2.0
import { useApi } from '@backstage/frontend-plugin-api';
import { Button } from '@backstage/ui';
import {
  moduleReadPermission,
  type ModuleList,
} from '@tenantry/backstage-plugin-tenants-common';
import { useMemo } from 'react';
import { tenantsApiRef } from '../../api';
import { AnswerGate } from '../../components/AnswerGate';
import { Freshness } from '../../components/Freshness';
import { StaleNotice } from '../../components/StaleNotice';
import { StateBlock } from '../../components/StateBlock';
import { useCatalogueRevision } from '../../live/useCatalogueRevision';
import { useLiveTenants } from '../../live/useLive';
import { useRefreshedAnswer } from '../../live/useRefreshedAnswer';
import { useQuery } from '../../navigation';
import { classes } from '../../styles';
import { useText } from '../../useText';
import { TopPage } from '../PageFrame';
import { DefinitionsNotice } from './DefinitionsNotice';
import { ModuleFilterBar } from './ModuleFilterBar';
import { parseModuleFilters, selectShelves } from './moduleFilters';
import { ModuleShelfSection } from './ModuleShelfSection';
import { NoModules } from './NoModules';

/** What may run, by category, and how it does. */
export function ModulesPage() {
  const t = useText();
  const api = useApi(tenantsApiRef);
  const live = useLiveTenants();
  const answer = useRefreshedAnswer(
    signal => api.modules.list({ signal }),
    'modules',
    { revision: useCatalogueRevision() },
  );
  return (
    <TopPage>
      <div className={classes.titleRow}>
        <h2 className={`${classes.title} ${classes.grow}`}>
          {t('modules.title')}
        </h2>
        <Freshness connection={live.connection} at={live.at} />
      </div>
      <StaleNotice connection={live.connection} />
      <AnswerGate
        answer={answer}
        errorTitle={t('modules.errorTitle')}
        forbiddenTitle={t('modules.forbiddenTitle')}
        permission={moduleReadPermission.name}
      >
        {list => <Catalogue list={list} />}
      </AnswerGate>
    </TopPage>
  );
}

function Catalogue({ list }: { readonly list: ModuleList }) {
  const t = useText();
  const [search, change] = useQuery();
  const filters = useMemo(() => parseModuleFilters(search), [search]);
  const shelves = useMemo(() => selectShelves(list, filters), [list, filters]);
  const count = shelves.reduce((sum, shelf) => sum + shelf.modules.length, 0);
  const clear = () =>
    change({
      q: undefined,
      category: undefined,
      health: undefined,
      behind: undefined,
    });
  return (
    <>
      <DefinitionsNotice status={list.status} />
      {list.items.length === 0 ? (
        <NoModules />
      ) : (
        <>
          <ModuleFilterBar list={list} filters={filters} shown={count} />
          {count === 0 && (
            <StateBlock
              kind="empty"
              title={t('modules.noMatch')}
              actions={
                <Button variant="secondary" onPress={clear}>
                  {t('pages.clear')}
                </Button>
              }
            />
          )}
        </>
      )}
      {shelves.map(shelf => (
        <ModuleShelfSection key={shelf.category?.name ?? ''} shelf={shelf} />
      ))}
    </>
  );
}
