// SPDX-License-Identifier: Apache-2.0
import type { OperationEvent } from '@tenantry/backstage-plugin-tenants-common';
import { clockTime } from '../formatting/clockTime';
import styles from './operations.module.css';

/** Lines of an operation's log. Times are UTC. */
export function LogLines(props: { readonly lines: readonly OperationEvent[] }) {
  const { lines } = props;
  if (lines.length === 0) return null;
  return (
    <ol className={styles.log}>
      {lines.map(line => (
        <li key={line.seq} data-level={line.level}>
          <time dateTime={line.at}>{clockTime(Date.parse(line.at))}</time>
          <span>{line.message}</span>
        </li>
      ))}
    </ol>
  );
}
