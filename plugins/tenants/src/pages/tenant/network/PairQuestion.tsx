// SPDX-License-Identifier: Apache-2.0
import { Select } from '@backstage/ui';
import type { EnvironmentNetwork } from '@tenantry/backstage-plugin-tenants-common';
import { useQuery } from '../../../navigation';
import { classes } from '../../../styles';
import { useText } from '../../../useText';
import { explainPair } from './explainPair';
import styles from './network.module.css';

/** Asks whether one workload may reach another, and says what decides. Both stand in the address. */
export function PairQuestion(props: { readonly network: EnvironmentNetwork }) {
  const { network } = props;
  const t = useText();
  const [search, change] = useQuery();
  const find = (key: string) =>
    network.workloads.find(({ id }) => id === search.get(key));
  const from = find('reachFrom');
  const to = find('reachTo');
  const answer =
    from && to && from !== to
      ? explainPair(t, network, { from, to })
      : undefined;
  const options = network.workloads.map(({ id, name, kind }) => ({
    id,
    label: `${name} (${kind})`,
  }));
  const field = (key: 'reachFrom' | 'reachTo', value: string | undefined) => (
    <Select
      label={key === 'reachFrom' ? t('network.askFrom') : t('network.askTo')}
      placeholder={t('network.choose')}
      search
      options={options}
      value={value ?? null}
      onChange={id => change({ [key]: String(id) }, { replace: true })}
    />
  );
  return (
    <section className={classes.card} aria-label={t('network.ask')}>
      <div className={classes.cardHead}>
        <h3>{t('network.ask')}</h3>
      </div>
      <div className={`${classes.cardBody} ${classes.column}`}>
        <div className={classes.choices}>
          {field('reachFrom', from?.id)}
          {field('reachTo', to?.id)}
        </div>
        <div role="status">
          {answer && (
            <>
              <p className={classes.bold} data-allowed={answer.allowed}>
                {answer.sentence}
              </p>
              <ul className={styles.answer}>
                {answer.reasons.map(reason => (
                  <li key={reason}>{reason}</li>
                ))}
              </ul>
            </>
          )}
        </div>
      </div>
    </section>
  );
}
