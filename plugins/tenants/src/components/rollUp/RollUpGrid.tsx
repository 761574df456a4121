// SPDX-License-Identifier: Apache-2.0
import { useBreakpoint } from '@backstage/ui';
import { useCallback, useLayoutEffect, useMemo, useRef, useState } from 'react';
import { useGo, useLinks } from '../../navigation';
import { classes } from '../../styles';
import { useText } from '../../useText';
import type { RollUpNode } from './rollUp';
import { RollUpHead } from './RollUpHead';
import { RollUpSheet } from './RollUpSheet';
import {
  RollUpTreeRow,
  type RenderMenu,
  type RowColumns,
} from './RollUpTreeRow';
import { rollUpUse, type NodeUse, type UseSource } from './rollUpUse';
import { useShared } from './shareEqual';
import { useTreeKeys } from './useTreeKeys';
import type { TreeState } from './useTreeState';

/** Most rows drawn; a tenant with more is better read in the workloads table. */
const MAX_ROWS = 500;

/** What is in use, and what to say where it is not known. */
export type TreeUsage = UseSource & {
  readonly whyNot: (cluster: string) => string;
  /** While nothing was read yet. */
  readonly isLoading: boolean;
};

const NO_USE: Readonly<Record<string, NodeUse>> = {};

type GridProps = {
  readonly tenant: string;
  readonly state: TreeState;
  readonly renderMenu: RenderMenu | undefined;
  readonly usage: TreeUsage | undefined;
};

/** Where the keys of a row lead. */
function useRowLinks(tenant: string) {
  const links = useLinks();
  const go = useGo();
  return {
    goToLogs: ({ node }: { readonly node: RollUpNode }) => {
      if (node.logs) go(links.tenant(tenant, 'logs', node.logs));
    },
    goToYaml: ({ node: { object } }: { readonly node: RollUpNode }) => {
      if (object) go(links.tenant(tenant, 'overview', { object }));
    },
  };
}

/** The rows of the tree. */
export function RollUpGrid({ tenant, state, renderMenu, usage }: GridProps) {
  const t = useText();
  const { nodes, open, setOpen } = state;
  const { down } = useBreakpoint();
  const isNarrow = down('sm');
  const rows = state.rows.slice(0, MAX_ROWS);
  const [current, setCurrent] = useState<string>();
  const [detailed, setDetailed] = useState<string>();
  const { body, onKeyDown } = useTreeKeys({
    rows,
    open,
    setOpen,
    setCurrent,
    ...useRowLinks(tenant),
  });
  const uses = useShared(
    useMemo(() => (usage ? rollUpUse(nodes, usage) : NO_USE), [nodes, usage]),
  );
  const shownOpen = useRef(open);
  useLayoutEffect(() => {
    shownOpen.current = open;
  });
  const onToggle = useCallback(
    ({ id }: RollUpNode) => setOpen(id, !shownOpen.current.has(id)),
    [setOpen],
  );
  const isMeasured = usage !== undefined && !down('md');
  const isLoading = usage?.isLoading ?? false;
  const columns = useMemo<RowColumns>(
    () => ({
      isNarrow,
      isMeasured,
      isLoading,
      renderMenu,
      onToggle,
      onFocus: setCurrent,
      onKeyDown,
      onDetails: setDetailed,
    }),
    [isNarrow, isMeasured, isLoading, renderMenu, onToggle, onKeyDown],
  );
  const currentId = rows.some(row => row.node.id === current)
    ? current
    : rows[0].node.id;
  return (
    <>
      <table
        className={`${classes.table} ${classes.tree}`}
        // The rows open and walk by keyboard, which is what a treegrid is.
        // eslint-disable-next-line jsx-a11y/no-noninteractive-element-to-interactive-role
        role="treegrid"
        aria-label={t('tree.title')}
      >
        <RollUpHead columns={columns} />
        <tbody ref={body}>
          {rows.map(row => (
            <RollUpTreeRow
              key={row.node.id}
              {...row}
              columns={columns}
              use={uses[row.node.id]}
              why={usage?.whyNot(row.node.cluster) ?? ''}
              open={open.has(row.node.id)}
              current={row.node.id === currentId}
            />
          ))}
        </tbody>
      </table>
      {state.rows.length > MAX_ROWS && (
        <p className={`${classes.cardBody} ${classes.muted}`}>
          {t('tree.cut', { n: String(MAX_ROWS) })}
        </p>
      )}
      <RollUpSheet
        tenant={tenant}
        node={detailed === undefined ? undefined : findNode(nodes, detailed)}
        usage={usage}
        uses={uses}
        renderMenu={renderMenu}
        onClose={() => setDetailed(undefined)}
      />
    </>
  );
}

function findNode(
  nodes: readonly RollUpNode[],
  id: string,
): RollUpNode | undefined {
  for (const node of nodes) {
    const found = node.id === id ? node : findNode(node.children, id);
    if (found) return found;
  }
  return undefined;
}
