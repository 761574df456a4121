// SPDX-License-Identifier: Apache-2.0
import type {
  Cause,
  Tenant,
  Workload,
} from '@tenantry/backstage-plugin-tenants-common';
import { formatNumber } from '../../../formatting/quantity';
import { useText } from '../../../useText';
import { workloadOfCause } from './workloadOfCause';

/** Pods of a workload: those that are not well, those that are ready, and how many there are or should be. */
export type Affected = {
  readonly bad: number;
  readonly ready: number;
  readonly all: number;
};

/** Those that have done their work no longer count. */
const DONE = new Set(['Succeeded', 'Failed']);

/** How much of a workload a cause is about; `undefined` where it has no pods and wants none. Pure. */
export function affectedOf(workload: Workload): Affected | undefined {
  const pods = workload.pods.filter(({ phase }) => !DONE.has(phase));
  const all = Math.max(workload.replicas?.desired ?? 0, pods.length);
  if (all === 0) return undefined;
  const isWell = ({ health }: Workload['pods'][number]) =>
    health.code === 'Healthy' || health.code === 'Suspended';
  const missing = all - pods.length;
  return {
    bad: missing + pods.filter(pod => !isWell(pod)).length,
    ready: pods.filter(({ ready }) => ready).length,
    all,
  };
}

/** What a cause is about, and how much of it: `1 of 3 pods of StatefulSet airflow-worker in module airflow; 2 are ready.` */
export function CauseAffects(props: {
  readonly tenant: Tenant;
  readonly cause: Cause;
}) {
  const { tenant, cause } = props;
  const t = useText();
  const { kind, name } = cause.object;
  const own = `${kind} ${name}`;
  const isNews = cause.module !== name && cause.module !== '';
  const object = isNews
    ? t('cause.ofModule', { object: own, module: cause.module })
    : own;
  const workload = workloadOfCause(tenant, cause);
  const affected = workload && affectedOf(workload);
  if (!affected) return <>{object}</>;
  const { bad, ready, all } = affected;
  return (
    <>
      {t('cause.affectsPods', {
        bad: formatNumber(bad),
        count: all,
        object,
        ready:
          ready === 0
            ? t('cause.readyNone')
            : t('cause.ready', { count: ready }),
      })}
    </>
  );
}
