// SPDX-License-Identifier: Apache-2.0
import { Button } from '@backstage/ui';
import type {
  LogSelection,
  Tenant,
} from '@tenantry/backstage-plugin-tenants-common';
import { StateBlock } from '../components/StateBlock';
import type { QueryChange } from '../navigation';
import { useText, type Translate } from '../useText';

/** The module of the selection when it was put to sleep. */
function findSleeper(
  tenant: Tenant,
  selection: LogSelection,
): string | undefined {
  const { environment, module } = selection;
  return tenant.environments
    .filter(e => environment === undefined || e.name === environment)
    .flatMap(e => e.modules)
    .find(m => m.name === module && m.health.code === 'Suspended')?.name;
}

function textOf(t: Translate, tenant: Tenant, selection: LogSelection): string {
  const module = findSleeper(tenant, selection);
  if (module !== undefined) return t('logs.asleep', { module });
  return selection.pod === undefined
    ? t('logs.noPodsText', { tenant: tenant.name })
    : t('logs.podGoneText');
}

/** Nothing writes what was asked for: the pod is gone, the module sleeps, or nothing fits. */
export function NoPods(props: {
  readonly tenant: Tenant;
  readonly selection: LogSelection;
  readonly onChange: (change: QueryChange) => void;
}) {
  const { tenant, selection, onChange } = props;
  const t = useText();
  const { pod, previous } = selection;
  // A pod that is there may well have no log of before.
  if (previous) {
    return (
      <StateBlock
        kind="empty"
        title={t('logs.noPrevious')}
        text={t('logs.noPreviousText')}
        actions={
          <Button
            variant="secondary"
            onPress={() => onChange({ previous: undefined })}
          >
            {t('logs.showNow')}
          </Button>
        }
      />
    );
  }
  return (
    <StateBlock
      kind="empty"
      title={pod ? t('logs.podGone', { pod }) : t('logs.noPods')}
      text={textOf(t, tenant, selection)}
      actions={
        pod && (
          <Button
            variant="secondary"
            onPress={() => onChange({ pod: undefined, container: undefined })}
          >
            {t('logs.showAllPods')}
          </Button>
        )
      }
    />
  );
}
