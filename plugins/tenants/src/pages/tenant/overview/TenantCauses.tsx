// SPDX-License-Identifier: Apache-2.0
import type {
  Cause,
  Operation,
  Revision,
  Tenant,
} from '@tenantry/backstage-plugin-tenants-common';
import type { CauseParts } from '../../../components/cause/CauseCard';
import { CauseList } from '../../../components/cause/CauseList';
import { useLinks } from '../../../navigation';
import { ActionMenu } from '../../../operations/ActionMenu';
import { useOperations } from '../../../operations/OperationsProvider';
import { useText } from '../../../useText';
import { CauseEvidence } from '../evidence/CauseEvidence';
import { CauseAffects } from './CauseAffects';
import { findChangeBefore } from './changeBefore';
import { ChangedBefore } from './ChangedBefore';
import { NextStepList } from './NextStepList';
import { findNextSteps } from './nextSteps';
import { causeActions } from './rowActions';

const offersNothing = () => false;

/** What is wrong, with what was changed before and what can be done about it. */
export function TenantCauses(props: {
  readonly tenant: Tenant;
  readonly operations: readonly Operation[];
  /** Absent until they are read. */
  readonly revisions: readonly Revision[] | undefined;
}) {
  const { tenant, operations, revisions } = props;
  const { name, causes } = tenant;
  const t = useText();
  const links = useLinks();
  const offers = useOperations()?.offers ?? offersNothing;
  const partsOf = (cause: Cause): CauseParts => {
    const change = findChangeBefore(operations, cause);
    const facts = { tenant, cause, change, revisions, offers };
    return {
      evidence: (
        <CauseEvidence
          tenant={tenant}
          cause={cause}
          changedAt={change?.operation.startedAt}
        />
      ),
      changed: change && <ChangedBefore change={change} />,
      affects: <CauseAffects tenant={tenant} cause={cause} />,
      steps: <NextStepList steps={findNextSteps(t, facts, links)} />,
      actions: (
        <ActionMenu
          inRow
          name={cause.pod ?? cause.object.name}
          groups={causeActions(t, tenant, cause)}
        />
      ),
    };
  };
  return <CauseList tenant={name} causes={causes} partsOf={partsOf} />;
}
