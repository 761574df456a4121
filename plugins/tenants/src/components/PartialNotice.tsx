// SPDX-License-Identifier: Apache-2.0
import type { PartialData } from '@tenantry/backstage-plugin-tenants-common';
import { RiAlertLine } from '@remixicon/react';
import { classes } from '../styles';
import { useText } from '../useText';
import { affectedText, partialHeadline, partialReason } from './partialText';
import { useNow } from './sharedClock';

/** Most notices at once; the rest is counted. */
const MAX_NOTICES = 3;

/** A kind that a cluster does not have is nothing that could be missing there. */
function isGap({ reason, kind, namespace }: PartialData): boolean {
  const isWhole = kind === undefined || namespace !== undefined;
  return reason !== 'NotServed' || isWhole;
}

function partKey(part: PartialData): string {
  const { cluster, namespace = '', kind = '', reason } = part;
  return [cluster, namespace, kind, reason].join('/');
}

/** Says which part of what is shown is missing or old, and why. */
export function PartialNotice(props: {
  readonly partial: readonly PartialData[];
  /** How many tenants of the page stand on that cluster. */
  readonly affected?: (part: PartialData) => number;
}) {
  const { affected } = props;
  const t = useText();
  const now = useNow();
  const partial = props.partial.filter(isGap);
  const rest = partial.length - MAX_NOTICES;
  return (
    <>
      {partial.slice(0, MAX_NOTICES).map(part => (
        <div
          key={partKey(part)}
          className={classes.notice}
          role="note"
          data-notice="partial"
        >
          <RiAlertLine size={16} aria-hidden />
          <span>
            <strong>{partialHeadline(t, part, now)}</strong>{' '}
            {partialReason(t, part)}{' '}
            {affectedText(t, part, affected?.(part) ?? 0)}
          </span>
        </div>
      ))}
      {rest > 0 && (
        <p className={classes.muted}>{t('partial.more', { count: rest })}</p>
      )}
    </>
  );
}
