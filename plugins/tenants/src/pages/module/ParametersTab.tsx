// SPDX-License-Identifier: Apache-2.0
import { BgProvider } from '@backstage/ui';
import type { ModuleDetail } from '@tenantry/backstage-plugin-tenants-common';
import { ChoiceField } from '../../components/ChoiceField';
import { StateBlock } from '../../components/StateBlock';
import { useQuery } from '../../navigation';
import { ParameterForm } from '../../parameters/ParameterForm';
import { classes } from '../../styles';
import { useText } from '../../useText';
import styles from './module.module.css';

/** What can be set of a release, with the values a new module gets. Nothing can be changed here. */
export function ParametersTab({ module }: { readonly module: ModuleDetail }) {
  const t = useText();
  const [search, change] = useQuery();
  const asked = search.get('release');
  const release =
    module.releases.find(r => r.version === asked) ?? module.releases[0];
  const { version, parameters, tierParameters } = release;
  const tiers = Object.keys(tierParameters);
  const tier = tiers.find(name => name === search.get('tier'));
  const title = t('module.parametersOf', { version });
  return (
    <div className={classes.body}>
      <div className={classes.filters}>
        <ChoiceField
          label={t('module.chooseRelease')}
          anyLabel={module.releases[0].version}
          value={asked ?? undefined}
          options={module.releases.slice(1).map(r => r.version)}
          onChange={value => change({ release: value })}
        />
        {tiers.length > 0 && (
          <ChoiceField
            label={t('module.chooseTier')}
            anyLabel={t('module.anyTier')}
            value={tier}
            options={tiers}
            onChange={value => change({ tier: value })}
          />
        )}
      </div>
      {parameters === undefined ? (
        <StateBlock
          kind="empty"
          title={t('module.noParameters', { version })}
        />
      ) : (
        <section className={classes.card} aria-label={title}>
          <div className={classes.cardHead}>
            <h3>{title}</h3>
          </div>
          <div className={styles.preview}>
            <p className={`${classes.small} ${classes.muted}`}>
              {t('module.parametersText')}
            </p>
            <BgProvider bg="neutral-1">
              <ParameterForm
                key={`${version}/${tier}`}
                schema={parameters}
                values={tier === undefined ? {} : tierParameters[tier]}
              />
            </BgProvider>
          </div>
        </section>
      )}
    </div>
  );
}
