// SPDX-License-Identifier: Apache-2.0
import type {
  Environment,
  QuotaLine,
} from '@tenantry/backstage-plugin-tenants-common';
import { Meter } from '../../../components/Meter';
import { quotaName } from '../../../components/quotaName';
import { TextLink } from '../../../components/TextLink';
import { useLinks } from '../../../navigation';
import { classes } from '../../../styles';
import { useText } from '../../../useText';
import { mainQuota } from './mainQuota';

/** What an environment may use and does: the lines that matter most; the tab of the quota has all of them. */
export function QuotaCard(props: {
  readonly tenant: string;
  readonly environment: Environment;
}) {
  const { tenant, environment } = props;
  const { name, quota } = environment;
  const t = useText();
  const links = useLinks();
  const title = t('quota.title', { environment: name });
  const lines = mainQuota(quota);
  const more = quota.length - lines.length;
  const all = links.tenant(tenant, 'quota', { env: name });
  return (
    <section className={classes.card} aria-label={title}>
      <div className={classes.cardHead}>
        <h3 className={classes.grow}>{title}</h3>
        {quota.length > 0 && <TextLink href={all}>{t('quota.who')}</TextLink>}
      </div>
      <div className={`${classes.cardBody} ${classes.quotaLines}`}>
        {quota.length === 0 && (
          <span className={classes.muted}>
            {t('quota.none', { environment: name })}
          </span>
        )}
        {lines.map(line => (
          <Line key={line.resource} line={line} />
        ))}
        {more > 0 && (
          <TextLink href={all}>{t('use.moreQuota', { count: more })}</TextLink>
        )}
      </div>
    </section>
  );
}

function Line({ line }: { readonly line: QuotaLine }) {
  const t = useText();
  const name = quotaName(t, line.resource);
  return (
    <div className={classes.quotaLine}>
      <span className={classes.ellipsis} title={line.resource}>
        {name}
      </span>
      <Meter label={name} usage={line} unit={line.unit} />
    </div>
  );
}
