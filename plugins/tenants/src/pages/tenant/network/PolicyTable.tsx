// SPDX-License-Identifier: Apache-2.0
import type { EnvironmentNetwork } from '@tenantry/backstage-plugin-tenants-common';
import { formatNumber } from '../../../formatting/quantity';
import { TableCard } from '../../../components/TableCard';
import { classes } from '../../../styles';
import { useText, type Translate } from '../../../useText';
import { ObjectButton } from '../object/ObjectButton';

type Namespace = EnvironmentNetwork['namespaces'][number];

function defaultText(t: Translate, of: Namespace): string {
  const { deniesIngress, deniesEgress } = of;
  if (deniesIngress && deniesEgress) return t('network.deniesBoth');
  if (deniesIngress) return t('network.deniesIngress');
  return deniesEgress ? t('network.deniesEgress') : t('network.deniesNothing');
}

/** The policies of each namespace, and what holds without one. */
export function PolicyTables(props: { readonly network: EnvironmentNetwork }) {
  const { namespaces, cluster } = props.network;
  return (
    <>
      {namespaces.map(namespace => (
        <Policies
          key={namespace.name}
          namespace={namespace}
          cluster={cluster}
        />
      ))}
    </>
  );
}

function Policies(props: {
  readonly namespace: Namespace;
  readonly cluster: string;
}) {
  const { namespace, cluster } = props;
  const t = useText();
  const title = t('network.policies', { namespace: namespace.name });
  return (
    <TableCard label={title}>
      <div className={classes.cardHead}>
        <h3>{title}</h3>
        <span className={`${classes.small} ${classes.muted}`}>
          {defaultText(t, namespace)}
        </span>
      </div>
      {namespace.policies.length > 0 && (
        <table
          className={classes.table}
          aria-label={title}
          style={{ minWidth: 560 }}
        >
          <thead>
            <tr>
              <th scope="col">{t('network.policy')}</th>
              <th scope="col">{t('network.selects')}</th>
              <th scope="col">{t('network.directions')}</th>
              <th scope="col" className={classes.right}>
                {t('network.workloads')}
              </th>
            </tr>
          </thead>
          <tbody>
            {namespace.policies.map(({ name, pods, types, selects }) => (
              <tr key={name}>
                <th scope="row">
                  <ObjectButton
                    cluster={cluster}
                    kind="NetworkPolicy"
                    namespace={namespace.name}
                    name={name}
                  />
                </th>
                <td title={pods}>
                  {pods === ''
                    ? t('network.everyPod')
                    : t('network.pods', { selector: pods })}
                </td>
                <td>{types.map(type => t(`network.${type}`)).join(', ')}</td>
                <td className={classes.right}>{formatNumber(selects)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
    </TableCard>
  );
}
