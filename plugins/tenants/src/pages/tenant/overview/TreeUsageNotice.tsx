// SPDX-License-Identifier: Apache-2.0
import { classes } from '../../../styles';
import { UsageGaps } from '../usage/UsageGaps';
import type { Usage } from '../usage/useUsage';

/** Says under the tree where nothing is measured, and why; nothing where all is. */
export function TreeUsageNotice({ usage }: { readonly usage: Usage }) {
  if (!usage.problem && usage.partial.length === 0) return null;
  return (
    <div
      className={`${classes.cardBody} ${classes.treeNotice} ${classes.small} ${classes.muted}`}
    >
      <UsageGaps usage={usage} />
    </div>
  );
}
