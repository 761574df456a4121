// SPDX-License-Identifier: Apache-2.0
import {
  workloadKeySchema,
  type Workload,
} from '@tenantry/backstage-plugin-tenants-common';
import { ActionMenu, type ActionItem } from '../../operations/ActionMenu';
import { useText, type Translate } from '../../useText';

/** Kinds that can be restarted. */
const RESTARTS = ['Deployment', 'StatefulSet', 'DaemonSet'];
/** Kinds with a number of replicas. */
const SCALES = ['Deployment', 'StatefulSet'];

/** What can be done with a workload. */
export function workloadActions(
  t: Translate,
  environment: string,
  workload: Pick<Workload, 'kind' | 'name' | 'replicas'>,
): ActionItem[] {
  const { kind, replicas } = workload;
  const key = workloadKeySchema.safeParse(`${kind}/${workload.name}`);
  if (!key.success || environment === '') return [];
  const restart: ActionItem = {
    id: 'restart',
    label: t('actions.restartOf', { name: workload.name }),
    action: { type: 'restart', environment, workload: key.data },
  };
  const scale: ActionItem = {
    id: 'scale',
    label: t('actions.scaleOf', { name: workload.name }),
    action: {
      type: 'scale',
      environment,
      workload: key.data,
      replicas: replicas?.desired ?? 1,
    },
  };
  return [
    ...(RESTARTS.includes(kind) ? [restart] : []),
    ...(SCALES.includes(kind) ? [scale] : []),
  ];
}

/** What can be done with a workload, offered on its row and on those of its pods. */
export function WorkloadMenu(props: {
  /** What the row is of. */
  readonly name: string;
  readonly environment: string;
  readonly workload: Workload;
}) {
  const { name, environment, workload } = props;
  const t = useText();
  return (
    <ActionMenu
      inRow
      name={name}
      groups={[{ items: workloadActions(t, environment, workload) }]}
    />
  );
}
