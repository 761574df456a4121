// SPDX-License-Identifier: Apache-2.0
import { Button } from '@backstage/ui';
import type { Cause } from '@tenantry/backstage-plugin-tenants-common';
import { useState, type ReactNode } from 'react';
import { classes } from '../styles';
import { useText } from '../useText';
import { CauseCard } from './CauseCard';

/** Causes shown in full at the most: beyond that a list helps nobody. */
const MAX_CAUSES = 20;

/** The first cause in full; the others behind one line. Nothing when there is no cause. */
export function CauseList(props: {
  readonly tenant: string;
  readonly causes: readonly Cause[];
  /** How a cause went over time. */
  readonly renderEvidence?: (cause: Cause) => ReactNode;
  /** What was changed shortly before a cause began. */
  readonly renderChanged?: (cause: Cause) => ReactNode;
  /** What to do about a cause next. */
  readonly renderSteps?: (cause: Cause) => ReactNode;
  /** What else can be done about a cause. */
  readonly renderActions?: (cause: Cause) => ReactNode;
}) {
  const { tenant, causes } = props;
  const { renderEvidence, renderChanged, renderSteps, renderActions } = props;
  const t = useText();
  const [all, setAll] = useState(false);
  const shown = causes.slice(0, all ? MAX_CAUSES : 1);
  const more = causes.length - shown.length;
  return (
    <>
      {shown.map(cause => (
        <CauseCard
          key={causeKey(cause)}
          tenant={tenant}
          cause={cause}
          evidence={renderEvidence?.(cause)}
          changed={renderChanged?.(cause)}
          steps={renderSteps?.(cause)}
          actions={renderActions?.(cause)}
        />
      ))}
      {more > 0 && (
        <div className={classes.row}>
          <Button
            size="small"
            variant="secondary"
            isDisabled={all}
            onPress={() => setAll(true)}
          >
            {t('cause.more', { count: more })}
          </Button>
        </div>
      )}
    </>
  );
}

function causeKey(cause: Cause): string {
  const { cluster, namespace, object, reason, container } = cause;
  return [
    cluster,
    namespace,
    object.kind,
    object.name,
    cause.pod,
    container,
    reason,
  ].join('/');
}
