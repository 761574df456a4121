// SPDX-License-Identifier: Apache-2.0
import type { PartialData } from '@tenantry/backstage-plugin-tenants-common';
import { RiAlertLine } from '@remixicon/react';
import { formatDuration } from '../formatting/duration';
import classes from '../tenantry.module.css';
import { useText, type Translate } from '../useText';
import { useNow } from './sharedClock';

/** Most notices at once; the rest is counted. */
const MAX_NOTICES = 3;

function headline(t: Translate, part: PartialData, now: number): string {
  const { cluster, kind, observedAt } = part;
  if (kind !== undefined) return t('partial.kind', { cluster, kind });
  if (observedAt === undefined) return t('partial.clusterNever', { cluster });
  const age = formatDuration(t, now - Date.parse(observedAt));
  return t('partial.cluster', { cluster, age });
}

function reasonText(t: Translate, reason: PartialData['reason']): string {
  const texts: Record<PartialData['reason'], string> = {
    Unreachable: t('partial.Unreachable'),
    Unauthenticated: t('partial.Unauthenticated'),
    Forbidden: t('partial.Forbidden'),
    NotServed: t('partial.NotServed'),
    NotSynced: t('partial.NotSynced'),
  };
  return texts[reason];
}

/** Says which part of what is shown is missing or old, and why. */
export function PartialNotice(props: {
  readonly partial: readonly PartialData[];
  /** How many tenants of the page stand on that cluster. */
  readonly affected?: (part: PartialData) => number;
}) {
  const { partial, affected } = props;
  const t = useText();
  const now = useNow();
  const rest = partial.length - MAX_NOTICES;
  return (
    <>
      {partial.slice(0, MAX_NOTICES).map(part => {
        const count = affected?.(part) ?? 0;
        return (
          <div
            key={`${part.cluster}/${part.kind ?? ''}`}
            className={classes.notice}
            role="note"
            data-notice="partial"
          >
            <RiAlertLine size={16} aria-hidden />
            <span>
              <strong>{headline(t, part, now)}</strong>{' '}
              {reasonText(t, part.reason)}{' '}
              {count > 0 && t('partial.affected', { count })}
            </span>
          </div>
        );
      })}
      {rest > 0 && (
        <p className={classes.muted}>{t('partial.more', { count: rest })}</p>
      )}
    </>
  );
}
