// SPDX-License-Identifier: Apache-2.0
import { clockTime } from '../formatting/clockTime';
import { formatNumber } from '../formatting/quantity';
import { useText } from '../useText';
import type { VolumeBucket } from './buffer/LogVolume';
import { classes } from './styles';

/** Lines over time as a table. */
export function VolumeTable(props: {
  readonly buckets: readonly VolumeBucket[];
}) {
  const t = useText();
  return (
    <div
      className={classes.volumeTable}
      role="region"
      aria-label={t('logs.volume')}
      // eslint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- what scrolls must take the focus
      tabIndex={0}
    >
      <table>
        <thead>
          <tr>
            <th scope="col">{t('logs.columnTime')}</th>
            <th scope="col">{t('logs.columnLines')}</th>
            <th scope="col">{t('logs.columnWarnings')}</th>
            <th scope="col">{t('logs.columnErrors')}</th>
          </tr>
        </thead>
        <tbody>
          {props.buckets.map(bucket => (
            <tr key={bucket.at}>
              <th scope="row">{clockTime(bucket.at)}</th>
              <td>{formatNumber(bucket.lines)}</td>
              <td>{formatNumber(bucket.warnings)}</td>
              <td>{formatNumber(bucket.errors)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
