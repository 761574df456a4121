// SPDX-License-Identifier: Apache-2.0
import { ButtonIcon } from '@backstage/ui';
import { RiArrowRightSLine, RiMore2Line } from '@remixicon/react';
import {
  memo,
  type KeyboardEvent,
  type ReactNode,
  type SyntheticEvent,
} from 'react';
import { classes } from '../../styles';
import { useText } from '../../useText';
import { HealthMark } from '../HealthMark';
import { inUse, type Resource } from './inUse';
import type { RollUpNode } from './rollUp';
import type { RollUpRow } from './rollUpRows';
import type { NodeUse } from './rollUpUse';
import { healthDetail, rowName } from './rollUpWords';

const INDENT_PX = 16;
const NARROW_INDENT_PX = 12;
const IN_ROW = { inRow: true };

/** Where the menu of a row stands: in the row itself there is room for an icon only. */
export type MenuPlace = {
  readonly inRow: boolean;
  readonly onChosen?: () => void;
};

/** Draws what can be done with a row. */
export type RenderMenu = (node: RollUpNode, place: MenuPlace) => ReactNode;

/** What rows have in common. It keeps its identity as long as it is the same, or every row would be drawn again. */
export type RowColumns = {
  /** Whether there is only room for the name and the health; the rest is behind a button. */
  readonly isNarrow: boolean;
  /** Whether anything is measured. */
  readonly isMeasured: boolean;
  readonly isLoading: boolean;
  readonly renderMenu?: RenderMenu;
  readonly onToggle: (node: RollUpNode) => void;
  readonly onFocus: (id: string) => void;
  readonly onKeyDown: (event: KeyboardEvent, id: string) => void;
  /** Shows all of a row where it has no room. */
  readonly onDetails: (id: string) => void;
};

/** Props of {@link RollUpTreeRow}. */
export type RollUpTreeRowProps = RollUpRow & {
  readonly columns: RowColumns;
  readonly use: NodeUse | undefined;
  /** Why nothing is measured on its cluster, in a sentence. */
  readonly why: string;
  readonly open: boolean;
  /** The one row that Tab leads to. */
  readonly current: boolean;
};

/** A menu in a row, also while it is open, is not the row. */
function stop(event: SyntheticEvent) {
  event.stopPropagation();
}

/** One row of the roll-up tree. It is drawn again only when something of it has changed. */
export const RollUpTreeRow = memo(Row);

function Row(props: RollUpTreeRowProps) {
  const { node, level, position, siblings, columns, open, current } = props;
  const { isNarrow, isMeasured, onToggle, onFocus, onKeyDown } = columns;
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
      onFocus={() => onFocus(node.id)}
      onKeyDown={event => onKeyDown(event, node.id)}
      onClick={isParent ? () => onToggle(node) : undefined}
    >
      <NameCell node={node} level={level} open={open} isNarrow={isNarrow} />
      <HealthCell node={node} />
      {!isNarrow && (
        <>
          <td role="gridcell" className={classes.right}>
            {node.ready}/{node.total}
          </td>
          <td
            role="gridcell"
            className={`${classes.right} ${
              node.restarts > 0 ? classes.bold : ''
            }`}
          >
            {node.restarts}
          </td>
        </>
      )}
      {!isNarrow && isMeasured && (
        <>
          <UseCell resource="cpu" {...props} />
          <UseCell resource="memory" {...props} />
        </>
      )}
      <EndCell node={node} columns={columns} />
    </tr>
  );
}

function NameCell(props: {
  readonly node: RollUpNode;
  readonly level: number;
  readonly open: boolean;
  readonly isNarrow: boolean;
}) {
  const { node, level, open, isNarrow } = props;
  const t = useText();
  const name = rowName(t, node);
  const indent = isNarrow ? NARROW_INDENT_PX : INDENT_PX;
  return (
    <td role="gridcell">
      <span
        className={classes.treeName}
        style={{ paddingLeft: (level - 1) * indent }}
      >
        {/* The row itself opens by keyboard; this is only for the pointer. */}
        <span className={classes.twist} data-open={open} aria-hidden>
          {node.children.length > 0 && <RiArrowRightSLine size={16} />}
        </span>
        <span className={classes.nameLine}>
          <span
            className={`${classes.ellipsis} ${
              node.kind === 'environment' ? classes.bold : ''
            }`}
            title={name}
          >
            {node.kind === 'pod' ? <PodName name={name} /> : name}
          </span>
          <span className={`${classes.small} ${classes.muted}`}>
            {node.detail}
          </span>
        </span>
      </span>
    </td>
  );
}

/** Pods of one workload differ at their end: that stays, however little room there is. */
function PodName({ name }: { readonly name: string }) {
  const at = Math.max(0, name.lastIndexOf('-'));
  return (
    <span className={classes.podName}>
      <span className={classes.ellipsis}>{name.slice(0, at)}</span>
      <span>{name.slice(at)}</span>
    </span>
  );
}

function HealthCell({ node }: { readonly node: RollUpNode }) {
  const t = useText();
  const detail = healthDetail(t, node);
  return (
    <td role="gridcell">
      <span className={classes.row}>
        <HealthMark code={node.health.code} />
        <span
          className={`${classes.small} ${classes.muted} ${classes.ellipsis} ${classes.treeDetail}`}
          title={detail}
        >
          {detail}
        </span>
      </span>
    </td>
  );
}

function UseCell(props: RollUpTreeRowProps & { readonly resource: Resource }) {
  const { resource, use, why, columns } = props;
  const t = useText();
  const { isLoading } = columns;
  const { shown, said } = inUse(t, resource, use, { isLoading, why });
  const isKnown = use?.used[resource] !== undefined;
  return (
    <td
      role="gridcell"
      className={classes.right}
      title={said}
      aria-label={said}
    >
      <span className={isKnown ? '' : `${classes.small} ${classes.muted}`}>
        {shown}
      </span>
    </td>
  );
}

/** What can be done with a row, or the way to all of it. */
function EndCell(props: {
  readonly node: RollUpNode;
  readonly columns: RowColumns;
}) {
  const { node, columns } = props;
  const { isNarrow, renderMenu, onDetails } = columns;
  const t = useText();
  if (!isNarrow && !renderMenu) return null;
  return (
    <td
      role="gridcell"
      className={classes.right}
      onClick={stop}
      onKeyDown={stop}
    >
      {isNarrow ? (
        <ButtonIcon
          size="small"
          variant="tertiary"
          aria-label={t('object.open', { name: rowName(t, node) })}
          icon={<RiMore2Line />}
          onPress={() => onDetails(node.id)}
        />
      ) : (
        renderMenu?.(node, IN_ROW)
      )}
    </td>
  );
}
