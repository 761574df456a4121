// SPDX-License-Identifier: Apache-2.0
import {
  RiCheckboxCircleLine,
  RiCheckLine,
  RiCloseCircleFill,
  RiForbidLine,
} from '@remixicon/react';
import type { AuditOutcome } from '@tenantry/backstage-plugin-tenants-common';
import { classes } from '../../../styles';
import { useText, type Translate } from '../../../useText';

const ICONS = {
  allowed: RiCheckLine,
  denied: RiForbidLine,
  succeeded: RiCheckboxCircleLine,
  failed: RiCloseCircleFill,
};

/** What an outcome is called. */
export function outcomeName(t: Translate, outcome: AuditOutcome): string {
  const names: Record<AuditOutcome, string> = {
    allowed: t('audit.allowed'),
    denied: t('audit.denied'),
    succeeded: t('audit.succeeded'),
    failed: t('audit.failed'),
  };
  return names[outcome];
}

/** How it ended: a shape and a word, and colour only on top. */
export function OutcomeMark(props: { readonly outcome: AuditOutcome }) {
  const { outcome } = props;
  const t = useText();
  const Icon = ICONS[outcome];
  return (
    <span className={classes.outcome} data-outcome={outcome}>
      <Icon size={16} aria-hidden />
      {outcomeName(t, outcome)}
    </span>
  );
}
