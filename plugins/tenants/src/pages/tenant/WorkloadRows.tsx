// SPDX-License-Identifier: Apache-2.0
import { RiArrowRightSLine } from '@remixicon/react';
import type { Workload } from '@tenantry/backstage-plugin-tenants-common';
import { HealthMark } from '../../components/HealthMark';
import { formatNumber } from '../../formatting/quantity';
import { classes } from '../../styles';
import { useText } from '../../useText';
import { ObjectButton } from './object/ObjectButton';
import { PodTable } from './PodTable';
import { UseCells } from './usage/UseCells';
import type { Usage } from './usage/useUsage';
import { WorkloadMenu } from './WorkloadMenu';
import type { PlacedWorkload } from './WorkloadsTab';

const COLUMNS = 10;

function shortImage(image: string): string {
  return image.slice(image.lastIndexOf('/') + 1);
}

function readyText(workload: Workload): string {
  const { replicas, pods } = workload;
  if (replicas) return `${replicas.ready}/${replicas.desired}`;
  return `${pods.filter(pod => pod.ready).length}/${pods.length}`;
}

/** A workload's row and, when open, its pods. */
export function WorkloadRows(props: {
  readonly tenant: string;
  readonly placed: PlacedWorkload;
  readonly usage: Usage;
  readonly open: boolean;
  readonly onToggle: () => void;
}) {
  const { tenant, placed, usage, open, onToggle } = props;
  const { workload, module, environment } = placed;
  const { health, name } = workload;
  const t = useText();
  return (
    <tbody>
      <tr>
        <th scope="row">
          <span className={classes.treeName}>
            <button
              type="button"
              className={classes.twist}
              data-open={open}
              aria-expanded={open}
              aria-label={t(
                open ? 'workloads.hidePods' : 'workloads.showPods',
                {
                  name,
                },
              )}
              onClick={onToggle}
            >
              <RiArrowRightSLine size={16} aria-hidden />
            </button>
            <WorkloadName placed={placed} />
          </span>
        </th>
        <td>
          <HealthMark code={health.code} />
          {health.code !== 'Healthy' && (
            <div
              className={`${classes.small} ${classes.muted} ${classes.ellipsis}`}
              title={health.message}
            >
              {health.reason}
            </div>
          )}
        </td>
        <td className={classes.ellipsis} title={module.name}>
          {module.name}
        </td>
        <td className={classes.ellipsis}>
          {environment.name}{' '}
          <span className={`${classes.small} ${classes.muted}`}>
            {environment.cluster}
          </span>
        </td>
        <td className={classes.right}>{readyText(workload)}</td>
        <UseCells
          name={name}
          use={usage.ofWorkload(environment.cluster, workload.uid)}
          why={usage.whyNot(environment.cluster)}
        />
        <td
          className={`${classes.ellipsis} ${classes.small}`}
          title={workload.images.join('\n')}
        >
          {workload.images.map(shortImage).join(', ')}
        </td>
        <td
          className={`${classes.right} ${
            workload.restarts > 0 ? classes.bold : ''
          }`}
        >
          {formatNumber(workload.restarts)}
        </td>
        <td className={classes.right}>
          <WorkloadMenu
            name={name}
            environment={environment.name}
            workload={workload}
          />
        </td>
      </tr>
      {open && (
        <tr>
          <td colSpan={COLUMNS} className={classes.sub}>
            <PodTable
              tenant={tenant}
              workload={workload}
              cluster={environment.cluster}
              usage={usage}
              selection={{ env: environment.name, module: module.name }}
            />
          </td>
        </tr>
      )}
    </tbody>
  );
}

function WorkloadName({ placed }: { readonly placed: PlacedWorkload }) {
  const { workload, environment } = placed;
  return (
    <span className={classes.stack}>
      <ObjectButton {...workload} cluster={environment.cluster} />
      <span className={`${classes.small} ${classes.muted}`}>
        {workload.kind}
      </span>
    </span>
  );
}
