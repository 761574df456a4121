// SPDX-License-Identifier: Apache-2.0
import { BgProvider, ToggleButton, ToggleButtonGroup } from '@backstage/ui';
import type { Tenant } from '@tenantry/backstage-plugin-tenants-common';
import type { ReactNode } from 'react';
import { classes } from '../../styles';
import { useText } from '../../useText';
import { RollUpGrid, type TreeUsage } from './RollUpGrid';
import type { RenderMenu } from './RollUpTreeRow';
import { useTreeState, type TreeState } from './useTreeState';

/** Props of {@link RollUpTree}. */
export type RollUpTreeProps = {
  readonly tenant: Tenant;
  /** What can be done with a row; left out, nothing can. Must keep its identity. */
  readonly renderMenu?: RenderMenu;
  /** What is in use; left out where nothing is measured. */
  readonly usage?: TreeUsage;
  /** What is to be said of all of it, below. */
  readonly footer?: ReactNode;
};

/** What runs in a tenant, opened along the path of the worst; an ARIA treegrid. */
export function RollUpTree(props: RollUpTreeProps) {
  const { tenant, renderMenu, usage, footer } = props;
  const t = useText();
  const state = useTreeState(tenant);
  return (
    <section className={classes.card} aria-label={t('tree.title')}>
      <div className={classes.cardHead}>
        <h3 className={classes.grow}>{t('tree.title')}</h3>
        <ViewChoice state={state} />
      </div>
      {state.rows.length === 0 ? (
        <p className={`${classes.cardBody} ${classes.muted}`}>
          {t('tree.empty')}
        </p>
      ) : (
        <RollUpGrid
          tenant={tenant.name}
          state={state}
          renderMenu={renderMenu}
          usage={usage}
        />
      )}
      {footer}
    </section>
  );
}

function ViewChoice({ state }: { readonly state: TreeState }) {
  const { nodes, view, choose } = state;
  const t = useText();
  const pods = nodes.reduce((sum, node) => sum + node.total, 0);
  return (
    <BgProvider bg="neutral-1">
      <ToggleButtonGroup
        className={classes.toggles}
        aria-label={t('tree.view')}
        disallowEmptySelection
        selectedKeys={[view]}
        onSelectionChange={keys => choose(keys.has('all') ? 'all' : 'problems')}
      >
        <ToggleButton id="problems" size="small">
          {t('tree.problems')}
        </ToggleButton>
        <ToggleButton id="all" size="small">
          {t('tree.all', { count: pods })}
        </ToggleButton>
      </ToggleButtonGroup>
    </BgProvider>
  );
}
