// SPDX-License-Identifier: Apache-2.0
import { RiAlertLine, RiInformationLine } from '@remixicon/react';
import type { TenantEvent } from '@tenantry/backstage-plugin-tenants-common';
import { classes } from '../../styles';
import { useText } from '../../useText';

/** The shape and word of an event's type. */
export function EventMark({ type }: { readonly type: TenantEvent['type'] }) {
  const t = useText();
  const isWarning = type === 'Warning';
  const word = isWarning ? t('events.warning') : t('events.normal');
  const Icon = isWarning ? RiAlertLine : RiInformationLine;
  return (
    <span
      role="img"
      aria-label={word}
      title={word}
      className={isWarning ? classes.warnInk : classes.muted}
    >
      <Icon size={16} aria-hidden />
    </span>
  );
}
