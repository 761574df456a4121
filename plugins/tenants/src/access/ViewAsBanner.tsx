// SPDX-License-Identifier: Apache-2.0
import { useApi } from '@backstage/frontend-plugin-api';
import { usePermission } from '@backstage/plugin-permission-react';
import { Button } from '@backstage/ui';
import { RiEyeLine } from '@remixicon/react';
import { platformReadPermission } from '@tenantry/backstage-plugin-tenants-common';
import { tenantsApiRef } from '../api';
import { problemText } from '../components/problemText';
import type { Problem } from '../live/Live';
import { useAnswer } from '../live/useAnswer';
import { classes } from '../styles';
import { useText } from '../useText';
import { checkViewAs } from './checkViewAs';
import { useViewAs } from './useViewAs';

/** Says on every page as whom it is looked at, with the way out; and why, when that does not work. */
export function ViewAsBanner() {
  const [user, setUser] = useViewAs();
  if (user === undefined) return null;
  return <Banner user={user} onStop={() => setUser(undefined)} />;
}

function Banner(props: { readonly user: string; readonly onStop: () => void }) {
  const { user, onStop } = props;
  const t = useText();
  const api = useApi(tenantsApiRef);
  const own = usePermission({ permission: platformReadPermission });
  const { value } = useAnswer(
    async signal => ({ problem: await checkViewAs(api, user, signal) }),
    user,
  );
  const lacksRight = !own.loading && !own.allowed;
  return (
    <section className={classes.viewAs} aria-label={t('viewAs.region')}>
      <RiEyeLine size={16} aria-hidden />
      <span className={classes.grow} role="status">
        <strong>{t('viewAs.active', { user })}</strong>{' '}
        {lacksRight ? (
          t('viewAs.withoutRight')
        ) : (
          <Trouble user={user} problem={value?.problem} />
        )}
      </span>
      <Button size="small" variant="secondary" onPress={onStop}>
        {t('viewAs.stop')}
      </Button>
    </section>
  );
}

function Trouble(props: {
  readonly user: string;
  readonly problem: Problem | undefined;
}) {
  const { user, problem } = props;
  const t = useText();
  if (!problem) return null;
  return (
    <>
      {t('viewAs.failed', { user })} {problemText(t, problem)}
    </>
  );
}
