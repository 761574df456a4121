// SPDX-License-Identifier: Apache-2.0
import { RiArrowRightSLine } from '@remixicon/react';
import type { KeyboardEvent, ReactNode, SyntheticEvent } from 'react';
import { classes } from '../styles';
import { useText, type Translate } from '../useText';
import { HealthMark } from './HealthMark';
import type { RollUpNode, RollUpRow } from './rollUp';

const INDENT_PX = 20;

/** Props of {@link RollUpTreeRow}. */
export type RollUpTreeRowProps = {
  readonly row: RollUpRow;
  /** What can be done with it; `undefined` where no row has such. */
  readonly menu?: ReactNode;
  readonly open: boolean;
  /** The one row that Tab leads to. */
  readonly current: boolean;
  readonly onToggle: () => void;
  readonly onFocus: () => void;
  readonly onKeyDown: (event: KeyboardEvent) => void;
};

function nameOf(t: Translate, node: RollUpNode): string {
  const count = Number(node.name);
  switch (node.folded) {
    case 'module':
      return t('tree.moreModules', { count });
    case 'workload':
      return t('tree.moreWorkloads', { count });
    case 'pod':
      return t('tree.morePods', { count });
    default:
      return node.name;
  }
}

function healthDetail(t: Translate, node: RollUpNode): string {
  const { health, kind, ready, total, counts } = node;
  if (health.code === 'Healthy') return '';
  if (kind === 'workload' && ready < total) {
    return t('tree.readyOf', { ready: String(ready), total: String(total) });
  }
  if (!counts) return health.reason;
  const all = Object.values(counts).reduce((sum, n) => sum + n, 0);
  const bad = counts[health.code] ?? 0;
  return t('tree.ofParts', { bad: String(bad), all: String(all) });
}

/** A menu in a row, also while it is open, is not the row. */
function stop(event: SyntheticEvent) {
  event.stopPropagation();
}

/** One row of the roll-up tree. */
export function RollUpTreeRow(props: RollUpTreeRowProps) {
  const { row, menu, open, current, onToggle, onFocus, onKeyDown } = props;
  const { node, level, position, siblings } = row;
  const t = useText();
  const isParent = node.children.length > 0;
  return (
    <tr
      role="row"
      aria-level={level}
      aria-posinset={position}
      aria-setsize={siblings}
      aria-expanded={isParent ? open : undefined}
      tabIndex={current ? 0 : -1}
      data-health={node.health.code}
      onFocus={onFocus}
      onKeyDown={onKeyDown}
      onClick={isParent ? onToggle : undefined}
    >
      <td role="gridcell">
        <span
          className={classes.treeName}
          style={{ paddingLeft: (level - 1) * INDENT_PX }}
        >
          {/* The row itself opens by keyboard; this is only for the pointer. */}
          <span className={classes.twist} data-open={open} aria-hidden>
            {isParent && <RiArrowRightSLine size={16} />}
          </span>
          <span
            className={`${classes.ellipsis} ${
              node.kind === 'environment' ? classes.bold : ''
            }`}
            title={node.name}
          >
            {nameOf(t, node)}
          </span>
          <span
            className={`${classes.small} ${classes.muted} ${classes.treeDetail}`}
          >
            {node.detail}
          </span>
        </span>
      </td>
      <td role="gridcell">
        <span className={classes.row}>
          <HealthMark code={node.health.code} />
          <span
            className={`${classes.small} ${classes.muted} ${classes.ellipsis} ${classes.treeDetail}`}
          >
            {healthDetail(t, node)}
          </span>
        </span>
      </td>
      <td role="gridcell" className={classes.right}>
        {node.ready}/{node.total}
      </td>
      <td
        role="gridcell"
        className={`${classes.right} ${node.restarts > 0 ? classes.bold : ''}`}
      >
        {node.restarts}
      </td>
      {menu !== undefined && (
        <td
          role="gridcell"
          className={classes.right}
          onClick={stop}
          onKeyDown={stop}
        >
          {menu}
        </td>
      )}
    </tr>
  );
}
