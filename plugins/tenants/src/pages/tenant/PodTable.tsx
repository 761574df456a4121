// SPDX-License-Identifier: Apache-2.0
import type {
  Container,
  Pod,
  Workload,
} from '@tenantry/backstage-plugin-tenants-common';
import { TextLink } from '../../components/TextLink';
import { Age } from '../../components/Age';
import { HealthMark } from '../../components/HealthMark';
import { formatNumber } from '../../formatting/quantity';
import { useLinks, type QueryChange } from '../../navigation';
import { classes } from '../../styles';
import { useText, type Translate } from '../../useText';
import { ObjectButton } from './object/ObjectButton';
import { UseCells } from './usage/UseCells';
import type { Usage } from './usage/useUsage';
import { WorkloadMenu } from './WorkloadMenu';

/** Most pods drawn under one workload. */
const MAX_PODS = 200;

/** Props of {@link PodTable}. */
export type PodTableProps = {
  readonly tenant: string;
  readonly workload: Workload;
  readonly cluster: string;
  readonly usage: Usage;
  /** Environment and module, for links to the logs. */
  readonly selection: QueryChange;
};

/** The pods of a workload with their containers and why they wait or ended. */
export function PodTable(props: PodTableProps) {
  const { workload } = props;
  const t = useText();
  if (workload.pods.length === 0) {
    return <p className={classes.muted}>{t('workloads.noPods')}</p>;
  }
  return (
    <table
      className={classes.table}
      aria-label={t('workloads.pods', { name: workload.name })}
    >
      <tbody>
        {workload.pods.slice(0, MAX_PODS).map(pod => (
          <PodRows key={pod.uid} {...props} pod={pod} />
        ))}
      </tbody>
    </table>
  );
}

function PodRows(props: PodTableProps & { readonly pod: Pod }) {
  const { tenant, pod, workload, cluster, usage, selection } = props;
  const t = useText();
  const node = pod.node
    ? t('workloads.node', { node: pod.node })
    : t('workloads.noNode');
  return (
    <>
      <tr>
        <th scope="row" className={classes.bold}>
          <ObjectButton {...pod} kind="Pod" cluster={cluster} />
        </th>
        <td>
          <HealthMark code={pod.health.code} />{' '}
          <span
            className={`${classes.small} ${classes.muted}`}
            title={pod.health.message}
          >
            {pod.health.code === 'Healthy' ? '' : pod.health.reason}
          </span>
        </td>
        <td className={classes.muted}>
          {pod.phase} {node}, <Age since={pod.createdAt} format="duration" />
        </td>
        <UseCells
          name={pod.name}
          use={usage.ofPod(cluster, pod.uid)}
          why={usage.whyNot(cluster)}
        />
        <td className={classes.right}>{formatNumber(pod.restarts)}</td>
        <td className={classes.right}>
          <WorkloadMenu
            name={pod.name}
            environment={selection.env ?? ''}
            workload={workload}
          />
        </td>
      </tr>
      {pod.containers.map(container => (
        <ContainerRow
          key={container.name}
          tenant={tenant}
          container={container}
          logs={{ ...selection, pod: pod.name, container: container.name }}
        />
      ))}
    </>
  );
}

function stateText(t: Translate, container: Container): string {
  const states: Record<Container['state'], string> = {
    running: t('workloads.stateRunning'),
    waiting: t('workloads.stateWaiting'),
    terminated: t('workloads.stateTerminated'),
  };
  const state = container.reason ?? states[container.state];
  const ready = container.ready
    ? t('workloads.isReady')
    : t('workloads.notReady');
  return `${state}, ${ready}`;
}

function roleText(t: Translate, role: Container['role']): string {
  const roles: Record<Container['role'], string> = {
    main: '',
    init: t('workloads.roleInit'),
    sidecar: t('workloads.roleSidecar'),
    ephemeral: t('workloads.roleEphemeral'),
  };
  return roles[role];
}

function ContainerRow(props: {
  readonly tenant: string;
  readonly container: Container;
  readonly logs: QueryChange;
}) {
  const { tenant, container, logs } = props;
  const t = useText();
  const links = useLinks();
  const { lastExit, name } = container;
  return (
    <tr>
      <td style={{ paddingLeft: 34 }}>
        {name}{' '}
        <span className={`${classes.small} ${classes.muted}`}>
          {roleText(t, container.role)}
        </span>
      </td>
      <td>{stateText(t, container)}</td>
      <td className={classes.muted}>
        {lastExit && (
          <>
            {t('workloads.lastExit')}:{' '}
            {t('workloads.exit', {
              reason: lastExit.reason,
              code: String(lastExit.code),
            })}
            {lastExit.at && (
              <>
                , <Age since={lastExit.at} />
              </>
            )}
          </>
        )}
      </td>
      <td colSpan={2} />
      <td className={classes.right}>{formatNumber(container.restarts)}</td>
      <td className={classes.right}>
        <TextLink
          href={links.tenant(tenant, 'logs', logs)}
          aria-label={t('workloads.logsOf', { name })}
        >
          {t('workloads.logs')}
        </TextLink>
        {lastExit && (
          <>
            {' · '}
            <TextLink
              href={links.tenant(tenant, 'logs', { ...logs, previous: '1' })}
            >
              {t('workloads.previous')}
            </TextLink>
          </>
        )}
      </td>
    </tr>
  );
}
