// SPDX-License-Identifier: Apache-2.0
import {
  Skeleton,
  ToggleButton,
  ToggleButtonGroup,
  useBreakpoint,
} from '@backstage/ui';
import type { ModuleDetail } from '@tenantry/backstage-plugin-tenants-common';
import { lazy, Suspense, useMemo } from 'react';
import { useQuery } from '../../navigation';
import { classes } from '../../styles';
import { useText } from '../../useText';
import { RelationList } from './RelationList';
import { relationsOf } from './relations';

const DependencyGraph = lazy(() =>
  import('./DependencyGraph').then(m => ({ default: m.DependencyGraph })),
);

const VIEWS = ['graph', 'list'] as const;

/** Used by, needs and conflicts: as a graph, or as a list that says the same. */
export function RelationsCard({ module }: { readonly module: ModuleDetail }) {
  const t = useText();
  const [search, change] = useQuery();
  const version = module.releases[0].version;
  const relations = useMemo(
    () => relationsOf(module, version),
    [module, version],
  );
  // A graph needs room that a telephone does not have.
  const usual = useBreakpoint().down('sm') ? 'list' : 'graph';
  const view = VIEWS.find(known => known === search.get('view')) ?? usual;
  return (
    <section className={classes.card} aria-label={t('module.graph')}>
      <div className={classes.cardHead}>
        <h3 className={classes.grow}>{t('module.graph')}</h3>
        <ToggleButtonGroup
          className={classes.toggles}
          aria-label={t('module.view')}
          disallowEmptySelection
          selectedKeys={[view]}
          onSelectionChange={keys =>
            change({
              view: VIEWS.find(known => known !== usual && keys.has(known)),
            })
          }
        >
          <ToggleButton id="graph" size="small">
            {t('module.viewGraph')}
          </ToggleButton>
          <ToggleButton id="list" size="small">
            {t('module.viewList')}
          </ToggleButton>
        </ToggleButtonGroup>
      </div>
      <div className={classes.cardBody}>
        {relations.length === 0 && (
          <span className={classes.muted}>{t('module.noRelations')}</span>
        )}
        {relations.length > 0 && view === 'list' && (
          <RelationList relations={relations} />
        )}
        {relations.length > 0 && view === 'graph' && (
          <Suspense fallback={<Skeleton height={200} />}>
            <DependencyGraph
              module={module}
              version={version}
              relations={relations}
            />
          </Suspense>
        )}
      </div>
    </section>
  );
}
