// SPDX-License-Identifier: Apache-2.0
import { problemText } from '../../../components/problemText';
import { classes } from '../../../styles';
import { useText } from '../../../useText';
import type { Usage } from '../usage/useUsage';

/** Says under the tree where nothing is measured, and why; nothing where all is. */
export function TreeUsageNotice({ usage }: { readonly usage: Usage }) {
  const { partial, problem, hasValue } = usage;
  const t = useText();
  if (!problem && partial.length === 0) return null;
  return (
    <div
      className={`${classes.cardBody} ${classes.treeNotice} ${classes.small} ${classes.muted}`}
    >
      {problem && (
        <p role="alert">
          {t('usage.failed', { why: problemText(t, problem) })}{' '}
          {hasValue && t('usage.kept')}
        </p>
      )}
      {partial.map(({ cluster, message }) => (
        <p key={cluster}>{t('usage.reason', { why: message })}</p>
      ))}
    </div>
  );
}
