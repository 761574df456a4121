// SPDX-License-Identifier: Apache-2.0
import { problemText } from '../../../components/problemText';
import { classes } from '../../../styles';
import { useText } from '../../../useText';
import type { Usage } from './useUsage';

/** Says where there are no metrics and why, and how old they are when they cannot be read any more. */
export function UsageNotice({ usage }: { readonly usage: Usage }) {
  const t = useText();
  const { partial, problem, hasValue } = usage;
  return (
    <div className={`${classes.small} ${classes.muted}`}>
      {problem && (
        <p role="alert">
          {t('usage.failed', { why: problemText(t, problem) })}{' '}
          {hasValue && t('usage.kept')}
        </p>
      )}
      {partial.map(({ cluster, message }) => (
        <p key={cluster}>{t('usage.reason', { why: message })}</p>
      ))}
      <p>{t('usage.every')}</p>
    </div>
  );
}
