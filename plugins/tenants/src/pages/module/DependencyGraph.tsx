// SPDX-License-Identifier: Apache-2.0
import type { ModuleDetail } from '@tenantry/backstage-plugin-tenants-common';
import { useGo, useLinks } from '../../navigation';
import { useText, type Translate } from '../../useText';
import {
  BOX,
  layoutGraph,
  type GraphBox,
  type GraphLayout,
} from './graphLayout';
import styles from './module.module.css';
import type { Relation } from './relations';

/** Smaller, and its words cannot be read: then it scrolls. */
const MIN_WIDTH = 480;
/** What a box has room for, also in a wide font. */
const MAX_NAME = 18;
const MAX_DETAIL = 22;

function cut(text: string, max = MAX_NAME): string {
  return text.length > max ? `${text.slice(0, max - 1)}…` : text;
}

function detailOf(t: Translate, relation: Relation): string {
  const { kind, range } = relation;
  if (kind === 'conflicts') return t('module.conflicts');
  if (kind === 'recommends') return t('module.recommended');
  const text = range === '*' ? t('module.anyRelease') : range;
  return t('module.required', { range: text });
}

/** What uses a module, what it needs and what it conflicts with, drawn. */
export function DependencyGraph(props: {
  readonly module: ModuleDetail;
  readonly version: string;
  readonly relations: readonly Relation[];
}) {
  const { module, version, relations } = props;
  const t = useText();
  const layout = layoutGraph(relations);
  const { centre } = layout;
  return (
    <div className={styles.graphScroll}>
      <svg
        className={styles.graph}
        viewBox={`-4 -4 ${layout.width + 8} ${layout.height + 8}`}
        style={{
          maxWidth: layout.width + 8,
          minWidth: Math.min(MIN_WIDTH, layout.width + 8),
        }}
        role="group"
        aria-label={t('module.graph')}
      >
        <defs>
          <marker
            id="tenantry-arrow"
            viewBox="0 0 8 8"
            refX="7"
            refY="4"
            markerWidth="8"
            markerHeight="8"
            orient="auto"
          >
            <path d="M1 1 7 4 1 7" className={styles.arrow} />
          </marker>
        </defs>
        {layout.boxes.map(box => (
          <Edge key={keyOf(box)} box={box} centre={centre} />
        ))}
        <g
          transform={`translate(${centre.x} ${centre.y})`}
          className={styles.centre}
        >
          <rect width={BOX.width} height={BOX.height} rx={6} />
          <text x={14} y={20} className={styles.boxName}>
            {cut(module.name)}
          </text>
          <text x={14} y={37} className={styles.boxDetail}>
            {version}
          </text>
        </g>
        {layout.boxes.map(box => (
          <Box key={keyOf(box)} box={box} />
        ))}
      </svg>
    </div>
  );
}

function keyOf({ relation }: GraphBox): string {
  return `${relation.direction}/${relation.kind}/${relation.module}`;
}

function Edge(props: {
  readonly box: GraphBox;
  readonly centre: GraphLayout['centre'];
}) {
  const { box, centre } = props;
  const { kind, direction } = box.relation;
  const half = BOX.height / 2;
  if (kind === 'conflicts') {
    const x = centre.x + BOX.width / 2;
    const d = `M${x} ${box.y + BOX.height}V${centre.y}`;
    return <path d={d} className={styles.edge} data-kind={kind} />;
  }
  const from = direction === 'in' ? box : centre;
  const to = direction === 'in' ? centre : box;
  const x1 = from.x + BOX.width;
  const y1 = from.y + half;
  const bend = (to.x - x1) / 2;
  const d = `M${x1} ${y1}C${x1 + bend} ${y1} ${to.x - bend} ${to.y + half} ${
    to.x
  } ${to.y + half}`;
  return (
    <path
      d={d}
      className={styles.edge}
      data-kind={kind}
      markerEnd="url(#tenantry-arrow)"
    />
  );
}

function Box({ box }: { readonly box: GraphBox }) {
  const t = useText();
  const links = useLinks();
  const go = useGo();
  const { relation, x, y } = box;
  const href = links.module(relation.module);
  const detail = detailOf(t, relation);
  return (
    <a
      href={href}
      aria-label={`${relation.module}: ${detail}`}
      className={styles.box}
      data-kind={relation.kind}
      onClick={event => {
        if (event.metaKey || event.ctrlKey || event.button !== 0) return;
        event.preventDefault();
        go(href);
      }}
    >
      <g transform={`translate(${x} ${y})`}>
        <title>{`${relation.module} ${relation.range}`}</title>
        <rect width={BOX.width} height={BOX.height} rx={6} />
        <text x={14} y={20} className={styles.boxName}>
          {cut(relation.module)}
        </text>
        <text x={14} y={37} className={styles.boxDetail}>
          {cut(detail, MAX_DETAIL)}
        </text>
      </g>
    </a>
  );
}
