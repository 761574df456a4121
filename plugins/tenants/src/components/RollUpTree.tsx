// SPDX-License-Identifier: Apache-2.0
import { BgProvider, ToggleButton, ToggleButtonGroup } from '@backstage/ui';
import type { Tenant } from '@tenantry/backstage-plugin-tenants-common';
import { useMemo, useState, type ReactNode } from 'react';
import { useGo, useLinks } from '../navigation';
import { classes } from '../styles';
import { useText } from '../useText';
import {
  allParents,
  buildRollUp,
  foldHealthy,
  visibleRows,
  worstPath,
  type RollUpNode,
} from './rollUp';
import { RollUpTreeRow } from './RollUpTreeRow';
import { useTreeKeys } from './useTreeKeys';

/** Most rows drawn; a tenant with more is better read in the workloads table. */
const MAX_ROWS = 500;

type View = 'problems' | 'all';

function useTreeState(tenant: Tenant, view: View) {
  const nodes = useMemo(() => {
    const tree = buildRollUp(tenant);
    return view === 'problems' ? foldHealthy(tree) : tree;
  }, [tenant, view]);
  // Only what the user opened or closed is held, so that the path to the worst follows what happens.
  const [chosen, setChosen] = useState<ReadonlyMap<string, boolean>>(new Map());
  const open = useMemo(() => {
    const ids = view === 'problems' ? worstPath(nodes) : allParents(nodes);
    const set = new Set(ids);
    for (const [id, isOpen] of chosen) {
      if (isOpen) set.add(id);
      else set.delete(id);
    }
    return set;
  }, [nodes, view, chosen]);
  const setOpen = (id: string, isOpen: boolean) =>
    setChosen(previous => new Map(previous).set(id, isOpen));
  const rows = useMemo(() => visibleRows(nodes, open), [nodes, open]);
  return { nodes, rows, open, setOpen, forget: () => setChosen(new Map()) };
}

/** Props of {@link RollUpTree}. */
export type RollUpTreeProps = {
  readonly tenant: Tenant;
  /** What can be done with a row; left out, nothing can. */
  readonly renderMenu?: (node: RollUpNode) => ReactNode;
};

/** What runs in a tenant, opened along the path of the worst; an ARIA treegrid. */
export function RollUpTree({ tenant, renderMenu }: RollUpTreeProps) {
  const t = useText();
  const [view, setView] = useState<View>('problems');
  const state = useTreeState(tenant, view);
  const pods = state.nodes.reduce((sum, node) => sum + node.total, 0);
  return (
    <section className={classes.card} aria-label={t('tree.title')}>
      <div className={classes.cardHead}>
        <h3 className={classes.grow}>{t('tree.title')}</h3>
        <BgProvider bg="neutral-1">
          <ToggleButtonGroup
            className={classes.toggles}
            aria-label={t('tree.view')}
            disallowEmptySelection
            selectedKeys={[view]}
            onSelectionChange={keys => {
              setView(keys.has('all') ? 'all' : 'problems');
              state.forget();
            }}
          >
            <ToggleButton id="problems" size="small">
              {t('tree.problems')}
            </ToggleButton>
            <ToggleButton id="all" size="small">
              {t('tree.all', { count: pods })}
            </ToggleButton>
          </ToggleButtonGroup>
        </BgProvider>
      </div>
      {state.rows.length === 0 ? (
        <p className={`${classes.cardBody} ${classes.muted}`}>
          {t('tree.empty')}
        </p>
      ) : (
        <TreeGrid tenant={tenant.name} state={state} renderMenu={renderMenu} />
      )}
    </section>
  );
}

function TreeGrid(props: {
  readonly tenant: string;
  readonly state: ReturnType<typeof useTreeState>;
  readonly renderMenu: RollUpTreeProps['renderMenu'];
}) {
  const { tenant, state, renderMenu } = props;
  const t = useText();
  const links = useLinks();
  const go = useGo();
  const rows = state.rows.slice(0, MAX_ROWS);
  const [current, setCurrent] = useState<string>();
  const currentId = rows.some(row => row.node.id === current)
    ? current
    : rows[0].node.id;
  const { body, onKeyDown } = useTreeKeys({
    rows,
    open: state.open,
    setOpen: state.setOpen,
    setCurrent,
    goToLogs: row => {
      if (row.node.logs) go(links.tenant(tenant, 'logs', row.node.logs));
    },
  });
  return (
    <>
      <table
        className={`${classes.table} ${classes.tree}`}
        // The rows open and walk by keyboard, which is what a treegrid is.
        // eslint-disable-next-line jsx-a11y/no-noninteractive-element-to-interactive-role
        role="treegrid"
        aria-label={t('tree.title')}
      >
        <colgroup>
          <col style={{ width: '38%' }} />
          <col />
          <col style={{ width: 62 }} />
          <col style={{ width: 80 }} />
          {renderMenu && <col style={{ width: 56 }} />}
        </colgroup>
        <thead>
          <tr>
            <th scope="col">{t('tree.name')}</th>
            <th scope="col">{t('tree.health')}</th>
            <th scope="col" className={classes.right}>
              {t('tree.ready')}
            </th>
            <th scope="col" className={classes.right}>
              {t('tree.restarts')}
            </th>
            {renderMenu && <th scope="col" aria-label={t('actions.menu')} />}
          </tr>
        </thead>
        <tbody ref={body}>
          {rows.map((row, index) => (
            <RollUpTreeRow
              key={row.node.id}
              row={row}
              menu={renderMenu && (renderMenu(row.node) ?? false)}
              open={state.open.has(row.node.id)}
              current={row.node.id === currentId}
              onToggle={() =>
                state.setOpen(row.node.id, !state.open.has(row.node.id))
              }
              onFocus={() => setCurrent(row.node.id)}
              onKeyDown={event => onKeyDown(event, index)}
            />
          ))}
        </tbody>
      </table>
      {state.rows.length > MAX_ROWS && (
        <p className={`${classes.cardBody} ${classes.muted}`}>
          {t('tree.cut', { n: String(MAX_ROWS) })}
        </p>
      )}
    </>
  );
}
