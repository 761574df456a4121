// SPDX-License-Identifier: Apache-2.0
import {
  workloadKeySchema,
  type Workload,
} from '@tenantry/backstage-plugin-tenants-common';
import { ActionMenu, type ActionItem } from '../../operations/ActionMenu';
import { useText } from '../../useText';

/** Kinds that can be restarted. */
const RESTARTS = ['Deployment', 'StatefulSet', 'DaemonSet'];
/** Kinds with a number of replicas. */
const SCALES = ['Deployment', 'StatefulSet'];

/** What can be done with a workload, offered on its row and on those of its pods. */
export function WorkloadMenu(props: {
  /** What the row is of. */
  readonly name: string;
  readonly environment: string;
  readonly workload: Workload;
}) {
  const { name, environment, workload } = props;
  const { kind, replicas } = workload;
  const t = useText();
  const key = workloadKeySchema.safeParse(`${kind}/${workload.name}`);
  if (!key.success || environment === '') return null;
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
  return (
    <ActionMenu
      inRow
      name={name}
      groups={[
        {
          items: [
            ...(RESTARTS.includes(kind) ? [restart] : []),
            ...(SCALES.includes(kind) ? [scale] : []),
          ],
        },
      ]}
    />
  );
}
