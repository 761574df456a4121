// SPDX-License-Identifier: Apache-2.0
import { formatAmount } from '../../../formatting/quantity';
import { useClock } from '../../../times/useClock';
import { useText } from '../../../useText';
import type { Evidence } from './Evidence';
import styles from './evidence.module.css';

type Row = {
  readonly at: number;
  readonly what: 'end' | 'measured' | 'change';
  readonly bytes?: number;
};

/** What the chart shows, as rows: the newest first. Pure. */
function rowsOf(evidence: Evidence, changedAt: number | undefined): Row[] {
  const ends = evidence.ends.map((at): Row => ({ at, what: 'end' }));
  const samples = evidence.samples.map(
    ({ at, bytes }): Row => ({ at, what: 'measured', bytes }),
  );
  const changes: Row[] =
    changedAt === undefined ? [] : [{ at: changedAt, what: 'change' }];
  return [...ends, ...samples, ...changes].sort((a, b) => b.at - a.at);
}

/** Ends and measurements as a table. */
export function EvidenceTable(props: {
  readonly name: string;
  readonly evidence: Evidence;
  readonly changedAt: number | undefined;
}) {
  const { name, evidence, changedAt } = props;
  const t = useText();
  const clock = useClock();
  const hasMemory = evidence.samples.length > 0;
  const words: Record<Row['what'], string> = {
    end: t('evidence.end'),
    measured: t('evidence.measured'),
    change: t('evidence.change'),
  };
  return (
    <div
      className={styles.table}
      role="region"
      aria-label={t('evidence.table', { name })}
      // eslint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- what scrolls must take the focus
      tabIndex={0}
    >
      <table>
        <thead>
          <tr>
            <th scope="col">{t('evidence.time')}</th>
            <th scope="col">{t('evidence.what')}</th>
            {hasMemory && <th scope="col">{t('evidence.bytes')}</th>}
          </tr>
        </thead>
        <tbody>
          {rowsOf(evidence, changedAt).map(({ at, what, bytes }, index) => (
            <tr key={`${at}/${what}/${index}`}>
              <th scope="row">{clock(at)}</th>
              <td>{words[what]}</td>
              {hasMemory && (
                <td>
                  {bytes === undefined ? '' : formatAmount(bytes, 'bytes')}
                </td>
              )}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
