// SPDX-License-Identifier: Apache-2.0
import { RiAlertLine, RiLinksLine } from '@remixicon/react';
import type { AuditPage } from '@tenantry/backstage-plugin-tenants-common';
import { classes } from '../../../styles';
import { useText } from '../../../useText';

/** Whether what is recorded can be trusted. Says nothing when nothing was checked. */
export function ChainLine({ chain }: Pick<AuditPage, 'chain'>) {
  const t = useText();
  const { checked, brokenAt } = chain;
  if (brokenAt !== undefined) {
    return (
      <div className={classes.notice} role="alert" data-notice="chain">
        <RiAlertLine size={16} aria-hidden />
        <span>
          <strong>{t('audit.brokenTitle', { n: String(brokenAt) })}</strong>{' '}
          {t('audit.broken')}
        </span>
      </div>
    );
  }
  if (checked === 0) return null;
  return (
    <p
      className={`${classes.chain} ${classes.row} ${classes.small} ${classes.muted}`}
    >
      <RiLinksLine size={14} aria-hidden />
      {t('audit.intact', { count: checked })}
    </p>
  );
}
