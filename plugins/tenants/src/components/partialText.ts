// SPDX-License-Identifier: Apache-2.0
import type { PartialData } from '@tenantry/backstage-plugin-tenants-common';
import { formatDuration } from '../formatting/duration';
import type { Translate } from '../useText';

/** What the gap is in: pods of a namespace of a cluster, or less exactly. */
function subject(t: Translate, part: PartialData): string {
  const { cluster, kind, namespace } = part;
  const isNamespace = kind === undefined || kind === 'Namespace';
  if (namespace !== undefined && isNamespace) {
    return t('partial.ofNamespace', { cluster, namespace });
  }
  if (kind !== undefined && namespace !== undefined) {
    return t('partial.ofKindIn', { cluster, kind, namespace });
  }
  return kind === undefined ? cluster : t('partial.ofKind', { cluster, kind });
}

/** Names what is missing or old. */
export function partialHeadline(
  t: Translate,
  part: PartialData,
  now: number,
): string {
  const what = subject(t, part);
  const { reason, observedAt } = part;
  switch (reason) {
    case 'Forbidden':
      return t('partial.hidden', { what });
    case 'NotServed':
      return t('partial.absent', { what });
    case 'NotSynced':
      // Being read, no longer connected, or known to the platform team only: the portal says which.
      return part.message;
    case 'Unreachable':
    case 'Unauthenticated': {
      if (observedAt === undefined) return t('partial.never', { what });
      const age = formatDuration(t, now - Date.parse(observedAt));
      return t('partial.silent', { what, age });
    }
    default:
      return reason satisfies never;
  }
}

/** Why, in the page's words; the portal's own where it says more than the reason does. */
export function partialReason(t: Translate, part: PartialData): string {
  switch (part.reason) {
    case 'Unreachable':
      return t('partial.Unreachable');
    case 'Unauthenticated':
      return t('partial.Unauthenticated');
    case 'Forbidden':
    case 'NotServed':
      return part.message;
    case 'NotSynced':
      return '';
    default:
      return part.reason satisfies never;
  }
}

/** What that means for the tenants on the page. Of one namespace it cannot be told whose it is, so nothing is counted. */
export function affectedText(
  t: Translate,
  part: PartialData,
  count: number,
): string {
  if (count === 0 || part.namespace !== undefined) return '';
  switch (part.reason) {
    case 'Forbidden':
    case 'NotServed':
      return t('partial.without', { count });
    case 'NotSynced':
      return t('partial.incomplete', { count });
    case 'Unreachable':
    case 'Unauthenticated':
      return part.observedAt === undefined
        ? t('partial.incomplete', { count })
        : t('partial.affected', { count });
    default:
      return part.reason satisfies never;
  }
}
