// SPDX-License-Identifier: Apache-2.0
import type { Problem } from '../live/Live';
import type { Translate } from '../useText';

/** What a request failed with, as a sentence. */
export function problemText(t: Translate, problem: Problem): string {
  switch (problem.kind) {
    case 'http':
      return [
        t('problem.http', { status: String(problem.status) }),
        problem.message ?? '',
      ]
        .join(' ')
        .trim();
    case 'contract':
      return t('problem.contract');
    case 'network':
      return t('problem.network');
    case 'ended':
      return t('problem.ended', { reason: problem.reason });
    default:
      return problem satisfies never;
  }
}
