// SPDX-License-Identifier: Apache-2.0
import type { Kind } from '../kinds/Kind';
import { recordsOf, type JsonRecord } from '../storage/json';
import type { Admission, Change } from './Admission';

const TAINTS = [
  'node.kubernetes.io/not-ready',
  'node.kubernetes.io/unreachable',
];
const TOLERATION_SECONDS = 300;

/** Lets pods stay for a while on a node that is not there for them. */
export class DefaultTolerations implements Admission {
  admit(kind: Kind, { draft, current }: Change): void {
    if (kind.resource !== 'pods' || current || !draft.spec) return;
    const given = recordsOf(draft.spec.tolerations);
    const missing = TAINTS.filter(
      key => !given.some(item => covers(item, key)),
    );
    if (missing.length === 0) return;
    draft.spec.tolerations = [
      ...given,
      ...missing.map(key => ({
        key,
        operator: 'Exists',
        effect: 'NoExecute',
        tolerationSeconds: TOLERATION_SECONDS,
      })),
    ];
  }
}

function covers({ key, effect }: JsonRecord, taint: string): boolean {
  return (!key || key === taint) && (!effect || effect === 'NoExecute');
}
