// SPDX-License-Identifier: Apache-2.0
import type { OperationEvent } from '@tenantry/backstage-plugin-tenants-common';
import { clockTime } from '../formatting/clockTime';
import { useDateTime } from '../times/useDateTime';
import { useTimeZone } from '../times/useTimeZone';
import styles from './operations.module.css';

/** Lines of an operation's log. The zone of their times is told with the date, on hover. */
export function LogLines(props: { readonly lines: readonly OperationEvent[] }) {
  const { lines } = props;
  const zone = useTimeZone() === 'UTC' ? 'utc' : 'local';
  const dateTime = useDateTime();
  if (lines.length === 0) return null;
  return (
    <ol className={styles.log}>
      {lines.map(line => (
        <li key={line.seq} data-level={line.level}>
          <time dateTime={line.at} title={dateTime(Date.parse(line.at))}>
            {clockTime(Date.parse(line.at), zone)}
          </time>
          <span>{line.message}</span>
        </li>
      ))}
    </ol>
  );
}
