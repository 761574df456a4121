// SPDX-License-Identifier: Apache-2.0
import { Button } from '@backstage/ui';
import { RiLockLine } from '@remixicon/react';
import type { ReactElement, ReactNode } from 'react';
import type { Live, LiveEnd } from '../live/Live';
import { useTryNow } from '../live/useLive';
import { useText } from '../useText';
import { OwnerLink } from './OwnerLink';
import { problemText } from './problemText';
import { StateBlock } from './StateBlock';

/** Props of {@link LiveGate}. */
export type LiveGateProps<T> = {
  readonly live: Live<T>;
  readonly errorTitle: string;
  /** Stands there until the first value comes. */
  readonly skeleton: ReactElement;
  readonly renderEnd: (end: LiveEnd) => ReactElement;
  readonly children: (value: T) => ReactNode;
};

/** Decides between value, skeleton, error and end. A value once seen stays, however old: the notices say how old. */
export function LiveGate<T>(props: LiveGateProps<T>) {
  const { live, skeleton, errorTitle, renderEnd, children } = props;
  const { value, end, connection } = live;
  if (end && isRefusal(end)) return renderEnd(end);
  if (end) return <EndedBlock title={errorTitle} end={end} />;
  if (value !== undefined) return <>{children(value)}</>;
  if (connection.problem) {
    return <ProblemBlock title={errorTitle} connection={connection} />;
  }
  return skeleton;
}

/** Other ends say nothing about the user's rights: the portal failed. */
function isRefusal({ reason }: LiveEnd): boolean {
  return reason === 'forbidden' || reason === 'deleted';
}

function EndedBlock(props: { readonly title: string; readonly end: LiveEnd }) {
  const { title, end } = props;
  const t = useText();
  const tryNow = useTryNow();
  return (
    <StateBlock
      kind="error"
      title={title}
      text={end.message || t('problem.ended', { reason: end.reason })}
      actions={
        <Button variant="secondary" onPress={tryNow}>
          {t('problem.tryAgain')}
        </Button>
      }
    />
  );
}

function ProblemBlock(props: {
  readonly title: string;
  readonly connection: Live<unknown>['connection'];
}) {
  const { title, connection } = props;
  const { problem, tries } = connection;
  const t = useText();
  const tryNow = useTryNow();
  if (problem?.kind === 'http' && problem.status === 401) {
    return (
      <StateBlock
        kind="error"
        title={t('problem.signedOut')}
        text={t('problem.signedOutText')}
      />
    );
  }
  const what = problem ? problemText(t, problem) : '';
  return (
    <StateBlock
      kind="error"
      title={title}
      text={`${what} ${t('problem.tried', { count: tries })}`}
      actions={
        <Button variant="secondary" onPress={tryNow}>
          {t('problem.tryAgain')}
        </Button>
      }
    />
  );
}

/** Says that a right is missing, which one, what decided, and who can grant it. */
export function ForbiddenBlock(props: {
  readonly title: string;
  readonly permission: string;
  readonly text?: string;
  /** What decided, in the portal's own words. */
  readonly message?: string;
  /** Entity reference of who can grant it; left out, whoever runs the portal can. */
  readonly grantedBy?: string;
  readonly actions?: ReactNode;
}) {
  const { title, permission, text, message, grantedBy, actions } = props;
  const t = useText();
  const decided = message
    ? [{ name: t('problem.decidedBy'), value: message }]
    : [];
  const grantor =
    grantedBy === undefined ? (
      t('problem.administrators')
    ) : (
      <OwnerLink owner={grantedBy} />
    );
  return (
    <StateBlock
      kind="forbidden"
      title={title}
      text={text}
      icon={<RiLockLine size={18} aria-hidden />}
      facts={[
        { name: t('problem.missingRight'), value: <code>{permission}</code> },
        ...decided,
        { name: t('problem.grantedBy'), value: grantor },
      ]}
      actions={actions}
    />
  );
}
