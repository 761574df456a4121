// SPDX-License-Identifier: Apache-2.0
import type { HealthCode } from '@tenantry/backstage-plugin-tenants-common';
import { classes } from '../styles';
import { useText, type Translate } from '../useText';
import { HealthShape } from './HealthShape';

/** Props of {@link HealthMark}. */
export type HealthMarkProps = {
  readonly code: HealthCode;
  /** Said in the accessible name when the word is not shown. */
  readonly reason?: string;
  readonly size?: number;
  /** Only where the word stands in the same row. */
  readonly iconOnly?: boolean;
};

/** The word of a code. */
export function healthWord(t: Translate, code: HealthCode): string {
  const words: Record<HealthCode, string> = {
    Degraded: t('health.Degraded'),
    Missing: t('health.Missing'),
    Unknown: t('health.Unknown'),
    Progressing: t('health.Progressing'),
    Suspended: t('health.Suspended'),
    Healthy: t('health.Healthy'),
  };
  return words[code];
}

/** State as shape and word, never as colour alone. */
export function HealthMark(props: HealthMarkProps) {
  const { code, reason, size, iconOnly } = props;
  const t = useText();
  const word = healthWord(t, code);
  if (!iconOnly) {
    return (
      <span className={classes.health} data-health={code}>
        <HealthShape code={code} size={size} />
        <span className={classes.word} data-health={code}>
          {word}
        </span>
      </span>
    );
  }
  const label =
    reason && code !== 'Healthy'
      ? t('health.withReason', { word, reason })
      : word;
  return (
    <span
      role="img"
      aria-label={label}
      title={label}
      className={classes.health}
      data-health={code}
    >
      <HealthShape code={code} size={size} />
    </span>
  );
}
