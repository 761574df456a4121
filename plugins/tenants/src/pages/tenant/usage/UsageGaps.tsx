// SPDX-License-Identifier: Apache-2.0
import { problemText } from '../../../components/problemText';
import { useText } from '../../../useText';
import type { Usage } from './useUsage';

/** Where nothing is measured and why, and that what is there is old when it cannot be read any more. */
export function UsageGaps({ usage }: { readonly usage: Usage }) {
  const { partial, problem, hasValue } = usage;
  const t = useText();
  return (
    <>
      {problem && (
        <p role="alert">
          {t('usage.failed', { why: problemText(t, problem) })}{' '}
          {hasValue && t('usage.kept')}
        </p>
      )}
      {partial.map(({ cluster, message }) => (
        <p key={cluster}>{t('usage.reason', { why: message })}</p>
      ))}
    </>
  );
}
