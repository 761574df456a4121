// SPDX-License-Identifier: Apache-2.0
import type { ReactNode } from 'react';
import { classes } from '../styles';
import styles from './templates.module.css';

/** Props of {@link FieldFrame}. */
export type FieldFrameProps = {
  readonly description?: string;
  readonly errors?: readonly string[];
  readonly children: ReactNode;
};

/** A field of a template with its description and what is wrong with it. */
export function FieldFrame({ description, errors, children }: FieldFrameProps) {
  return (
    <div className={`${classes.templateField} ${styles.frame}`}>
      {children}
      {description && (
        <p className={`${classes.small} ${classes.muted}`}>{description}</p>
      )}
      {errors && errors.length > 0 && (
        <p role="alert" className={classes.fieldError}>
          {errors.join(' ')}
        </p>
      )}
    </div>
  );
}
