// SPDX-License-Identifier: Apache-2.0
import { formatAmount } from '../../../formatting/quantity';
import { useText } from '../../../useText';
import styles from './evidence.module.css';
import type { SeenEvidence } from './useEvidence';

/** What a container asked for, what is its end, and the most it was seen to use; what nobody measured is left out. */
export function MemoryFacts({ seen }: { readonly seen: SeenEvidence }) {
  const { request, limit, samples, bytes } = seen;
  const t = useText();
  const amount = (n: number | undefined) =>
    n === undefined ? t('evidence.notSet') : formatAmount(n, 'bytes');
  const isMeasured = samples.length > 0;
  const peak = Math.max(...samples.map(sample => sample.bytes));
  return (
    <dl className={styles.facts}>
      <div>
        <dt>{t('evidence.request')}</dt>
        <dd>{amount(request)}</dd>
      </div>
      <div>
        <dt>{t('evidence.limit')}</dt>
        <dd>{amount(limit)}</dd>
      </div>
      {isMeasured && (
        <div title={t('evidence.peakWhy')}>
          <dt>{t('evidence.peak')}</dt>
          <dd>{amount(peak)}</dd>
        </div>
      )}
      {bytes !== undefined && (
        <div>
          <dt>{t('evidence.used')}</dt>
          <dd>{amount(bytes)}</dd>
        </div>
      )}
    </dl>
  );
}
