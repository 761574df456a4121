// SPDX-License-Identifier: Apache-2.0
import { classes } from '../../../styles';
import { useText } from '../../../useText';
import { UsageGaps } from './UsageGaps';
import type { Usage } from './useUsage';

/** Says where there are no metrics and why, and how often they are read. */
export function UsageNotice({ usage }: { readonly usage: Usage }) {
  const t = useText();
  return (
    <div className={`${classes.small} ${classes.muted}`}>
      <UsageGaps usage={usage} />
      <p>{t('usage.every')}</p>
    </div>
  );
}
