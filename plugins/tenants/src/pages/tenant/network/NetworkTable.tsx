// SPDX-License-Identifier: Apache-2.0
import type {
  EnvironmentNetwork,
  NetworkReach,
} from '@tenantry/backstage-plugin-tenants-common';
import { TableCard } from '../../../components/TableCard';
import { classes } from '../../../styles';
import { useText } from '../../../useText';
import styles from './network.module.css';
import { namesText, nameOfId, reachLines } from './networkText';

/** Who may reach each workload and what it may reach, in words. */
export function NetworkTable({
  network,
}: {
  readonly network: EnvironmentNetwork;
}) {
  const t = useText();
  return (
    <TableCard label={t('network.who')}>
      <table
        className={classes.table}
        aria-label={t('network.who')}
        style={{ minWidth: 720 }}
      >
        <colgroup>
          <col style={{ width: '24%' }} />
        </colgroup>
        <thead>
          <tr>
            <th scope="col">{t('network.workload')}</th>
            <th scope="col">{t('network.from')}</th>
            <th scope="col">{t('network.to')}</th>
          </tr>
        </thead>
        <tbody>
          {network.workloads.map(workload => (
            <tr key={workload.id}>
              <th scope="row">
                <div className={`${classes.ellipsis} ${classes.bold}`}>
                  {workload.name}
                </div>
                <div className={`${classes.small} ${classes.muted}`}>
                  {workload.kind}, {workload.module}
                  {workload.assumed && `, ${t('network.assumed')}`}
                </div>
              </th>
              <td>
                <Reach reach={workload.ingress} side="ingress" />
              </td>
              <td>
                <Reach reach={workload.egress} side="egress" />
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </TableCard>
  );
}

function Reach(props: {
  readonly reach: NetworkReach;
  readonly side: 'ingress' | 'egress';
}) {
  const { reach, side } = props;
  const t = useText();
  const names = reach.workloads.map(nameOfId);
  return (
    <ul className={styles.rules}>
      {reachLines(t, reach, side).map(({ text, policy }) => (
        <li key={`${policy}/${text}`}>
          {text}{' '}
          {policy && (
            <span className={`${classes.small} ${classes.muted}`}>
              {policy}
            </span>
          )}
        </li>
      ))}
      {reach.state === 'limited' && names.length > 0 && (
        <li className={`${classes.small} ${classes.muted}`}>
          {namesText(t, names)}
        </li>
      )}
    </ul>
  );
}
