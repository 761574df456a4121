// SPDX-License-Identifier: Apache-2.0
import { Button, ButtonLink, Skeleton } from '@backstage/ui';
import { RiAlertLine } from '@remixicon/react';
import type {
  ModuleDetail,
  ModuleInstance,
  ModuleInstanceList,
} from '@tenantry/backstage-plugin-tenants-common';
import { problemText } from '../../components/problemText';
import { StateBlock } from '../../components/StateBlock';
import type { Answer } from '../../live/useAnswer';
import { useLinks } from '../../navigation';
import { classes } from '../../styles';
import { useText } from '../../useText';
import { findBadRelease } from './badRelease';
import { InstancesCard } from './InstancesCard';
import { RelationsCard } from './RelationsCard';
import styles from './module.module.css';
import { ReleasesCard } from './ReleasesCard';

/** What a module needs, who runs which release, and whether one is bad. */
export function ModuleOverview(props: {
  readonly module: ModuleDetail;
  readonly instances: Answer<ModuleInstanceList>;
}) {
  const { module, instances } = props;
  const items = instances.value?.items;
  return (
    <>
      {items && <BadReleaseNotice module={module} instances={items} />}
      <div className={`${classes.two} ${styles.overview}`}>
        <div className={classes.column}>
          <RelationsCard module={module} />
          <ReleasesCard module={module} instances={items} />
        </div>
        <div className={classes.column}>
          {items && <InstancesCard module={module} instances={items} />}
          {!items && <NoInstances instances={instances} />}
        </div>
      </div>
    </>
  );
}

function NoInstances(props: {
  readonly instances: Answer<ModuleInstanceList>;
}) {
  const { problem, retry } = props.instances;
  const t = useText();
  if (!problem) return <Skeleton height={240} />;
  return (
    <StateBlock
      kind="error"
      title={t('module.instancesError')}
      text={problemText(t, problem)}
      actions={
        <Button variant="secondary" onPress={retry}>
          {t('problem.tryAgain')}
        </Button>
      }
    />
  );
}

/** Shows that a release got worse than the one before. */
function BadReleaseNotice(props: {
  readonly module: ModuleDetail;
  readonly instances: readonly ModuleInstance[];
}) {
  const { module, instances } = props;
  const t = useText();
  const links = useLinks();
  const releases = module.releases.map(r => r.version);
  const bad = findBadRelease(releases, instances);
  if (!bad) return null;
  const [first] = bad.degraded;
  return (
    <div className={classes.notice} role="alert">
      <RiAlertLine size={16} aria-hidden />
      <span className={classes.grow} title={first.message}>
        <strong>
          {t('module.badRelease', {
            release: bad.release,
            bad: String(bad.degraded.length),
            count: bad.all,
          })}
        </strong>{' '}
        {t('module.badReleaseText', {
          reason: first.reason,
          tenant: first.tenant,
          before: bad.before,
        })}
      </span>
      <ButtonLink
        size="small"
        variant="secondary"
        href={links.tenant(first.tenant)}
      >
        {t('module.seeCause')}
      </ButtonLink>
    </div>
  );
}
