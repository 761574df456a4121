// SPDX-License-Identifier: Apache-2.0
import { VisuallyHidden } from '@backstage/ui';
import type { FieldChange } from '@tenantry/backstage-plugin-tenants-common';
import { useState } from 'react';
import { classes } from '../styles';
import { useText } from '../useText';
import styles from './plan.module.css';

const FIRST_FIELDS = 6;

/** The fields of an object before and after. Values of secrets never reach the browser. */
export function FieldDiff(props: { readonly fields: readonly FieldChange[] }) {
  const { fields } = props;
  const t = useText();
  const [all, setAll] = useState(false);
  const rest = fields.length - FIRST_FIELDS;
  return (
    <div className={styles.diff}>
      {fields.slice(0, all ? undefined : FIRST_FIELDS).map(field => (
        <div key={field.path}>
          <div className={styles.path}>{field.path}</div>
          {field.from !== undefined && (
            <div className={styles.line} data-side="before">
              <span aria-hidden>-</span>
              <VisuallyHidden>{t('plan.before')}</VisuallyHidden>
              <del>{field.from}</del>
            </div>
          )}
          {field.to !== undefined && (
            <div className={styles.line} data-side="after">
              <span aria-hidden>+</span>
              <VisuallyHidden>{t('plan.after')}</VisuallyHidden>
              <ins>{field.to}</ins>
            </div>
          )}
        </div>
      ))}
      {!all && rest > 0 && (
        <button
          type="button"
          className={classes.textButton}
          onClick={() => setAll(true)}
        >
          {t('plan.moreFields', { count: rest })}
        </button>
      )}
    </div>
  );
}
