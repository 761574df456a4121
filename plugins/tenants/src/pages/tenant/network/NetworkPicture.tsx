// SPDX-License-Identifier: Apache-2.0
import type { EnvironmentNetwork } from '@tenantry/backstage-plugin-tenants-common';
import { classes } from '../../../styles';
import { useText } from '../../../useText';
import styles from './network.module.css';
import {
  flowPath,
  flowsToDraw,
  layoutNetwork,
  NODE,
  type NetworkBox,
} from './networkLayout';
import { nameOfId, portsText } from './networkText';

const MAX_NAME = 22;

function cut(text: string): string {
  return text.length > MAX_NAME ? `${text.slice(0, MAX_NAME - 1)}…` : text;
}

/** Namespaces as grounds, workloads as boxes, allowed flows as arrows. The table says the same in words. */
export function NetworkPicture(props: {
  readonly network: EnvironmentNetwork;
  readonly chosen: string | undefined;
  readonly onChoose: (id: string | undefined) => void;
}) {
  const { network, chosen, onChoose } = props;
  const t = useText();
  const layout = layoutNetwork(network);
  const flows = flowsToDraw(network, chosen);
  const boxOf = new Map(layout.boxes.map(box => [box.workload.id, box]));
  const isHidden = flows.length === 0 && network.flows.length > 0 && !chosen;
  return (
    <div className={styles.scroll}>
      <p className={`${classes.small} ${classes.muted}`} role="status">
        {isHidden && t('network.allFlows')}
        {chosen && t('network.selected', { name: nameOfId(chosen) })}
      </p>
      <svg
        className={styles.picture}
        viewBox={`-4 -4 ${layout.width + 8} ${layout.height + 8}`}
        style={{ maxWidth: layout.width + 8, minWidth: 560 }}
        role="group"
        aria-label={t('network.graph', { environment: network.environment })}
      >
        <defs>
          <marker
            id="tenantry-flow"
            viewBox="0 0 8 8"
            refX="7"
            refY="4"
            markerWidth="7"
            markerHeight="7"
            orient="auto"
          >
            <path d="M0 0 8 4 0 8z" className={styles.arrow} />
          </marker>
        </defs>
        {layout.grounds.map(({ name, isOpen, ...area }) => (
          <g key={name}>
            <rect
              {...area}
              rx={8}
              className={styles.ground}
              data-open={isOpen}
            />
            <text x={20} y={area.y + 24} className={styles.label}>
              {`${name}: ${
                isOpen ? t('network.openGround') : t('network.ground')
              }`}
            </text>
          </g>
        ))}
        {flows.map(({ from, to, ports }) => {
          const [a, b] = [boxOf.get(from), boxOf.get(to)];
          return (
            a &&
            b && (
              <path
                key={`${from}→${to}`}
                d={flowPath(a, b)}
                className={styles.flow}
                markerEnd="url(#tenantry-flow)"
              >
                <title>
                  {`${t('network.flow', {
                    from: nameOfId(from),
                    to: nameOfId(to),
                  })}, ${portsText(t, ports)}`}
                </title>
              </path>
            )
          );
        })}
        {layout.boxes.map(box => (
          <Box
            key={box.workload.id}
            box={box}
            isChosen={box.workload.id === chosen}
            onChoose={onChoose}
          />
        ))}
      </svg>
    </div>
  );
}

function Box(props: {
  readonly box: NetworkBox;
  readonly isChosen: boolean;
  readonly onChoose: (id: string | undefined) => void;
}) {
  const { box, isChosen, onChoose } = props;
  const t = useText();
  const { id, name, kind, ingress } = box.workload;
  const isOpen = ingress.state === 'open';
  const detail = isOpen ? `${kind}, ${t('network.openGround')}` : kind;
  const toggle = () => onChoose(isChosen ? undefined : id);
  return (
    <g
      role="button"
      tabIndex={0}
      aria-pressed={isChosen}
      aria-label={`${name}, ${detail}`}
      className={styles.box}
      data-open={isOpen}
      data-chosen={isChosen}
      transform={`translate(${box.x} ${box.y})`}
      onClick={toggle}
      onKeyDown={event => {
        if (event.key !== 'Enter' && event.key !== ' ') return;
        event.preventDefault();
        toggle();
      }}
    >
      <rect width={NODE.width} height={NODE.height} rx={6} />
      <text x={12} y={19} className={styles.name}>
        <title>{name}</title>
        {cut(name)}
      </text>
      <text x={12} y={35} className={styles.detail}>
        {cut(detail)}
      </text>
    </g>
  );
}
