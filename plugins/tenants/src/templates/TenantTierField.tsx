// SPDX-License-Identifier: Apache-2.0
import type { FieldExtensionComponentProps } from '@backstage/plugin-scaffolder-react';
import { Radio, RadioGroup, Skeleton } from '@backstage/ui';
import type { Tier } from '@tenantry/backstage-plugin-tenants-common';
import { quotaName } from '../components/quotaName';
import { classes } from '../styles';
import { useText, type Translate } from '../useText';
import { FieldFrame } from './FieldFrame';
import { readFormData } from './TemplateFormData';
import styles from './templates.module.css';
import { useTiers } from './useTiers';

/** The tier of an environment: each with what it allows, and closed where the owner may not have it. */
export function TenantTierField(props: FieldExtensionComponentProps<string>) {
  const { formData, onChange, rawErrors, schema, formContext } = props;
  const { owner } = readFormData(formContext);
  const { value, problemText } = useTiers();
  const t = useText();
  return (
    <FieldFrame
      description={schema.description}
      errors={[...(rawErrors ?? []), ...(problemText ? [problemText] : [])]}
    >
      {!value && !problemText && <Skeleton height={120} />}
      {value && (
        <RadioGroup
          label={schema.title ?? t('template.tier')}
          value={formData ?? null}
          onChange={onChange}
        >
          {value.items.map(tier => (
            <Radio
              key={tier.name}
              value={tier.name}
              isDisabled={!isAllowed(tier, owner)}
            >
              <span className={styles.tier}>
                <span>
                  <strong>{tier.displayName}</strong>
                  {tier.description && ` ${tier.description}`}
                </span>
                <span className={`${classes.small} ${classes.muted}`}>
                  {isAllowed(tier, owner)
                    ? quotaText(tier, t)
                    : t('template.tierNotForOwner', { owner: owner ?? '' })}
                </span>
              </span>
            </Radio>
          ))}
        </RadioGroup>
      )}
    </FieldFrame>
  );
}

function quotaText({ quota }: Tier, t: Translate): string {
  return Object.entries(quota)
    .map(([resource, amount]) => `${quotaName(t, resource)} ${amount}`)
    .join(' · ');
}

function isAllowed(tier: Tier, owner: string | undefined): boolean {
  return (
    tier.allowedOwners === undefined ||
    owner === undefined ||
    tier.allowedOwners.includes(owner)
  );
}
