// SPDX-License-Identifier: Apache-2.0
import { Button, Skeleton } from '@backstage/ui';
import type { ReactElement, ReactNode } from 'react';
import type { Problem } from '../live/Live';
import type { Pages } from '../live/usePages';
import { useText } from '../useText';
import { ForbiddenBlock } from './LiveGate';
import { problemText } from './problemText';
import { StateBlock } from './StateBlock';

/** Props of {@link RowsGate}. */
export type RowsGateProps = {
  readonly pages: Pages<unknown, unknown>;
  /** What the list is called while it is read. */
  readonly name: string;
  readonly errorTitle: string;
  /** What is said to those without the right; left out, a sentence that fits every list. */
  readonly forbiddenTitle?: string;
  /** The right that the list needs. */
  readonly permission: string;
  /** Stands there when there is no row. */
  readonly empty: ReactElement;
  readonly children: ReactNode;
};

/** Decides between the rows of a list, skeleton, error and nothing. Rows once read stay when the next page fails. */
export function RowsGate(props: RowsGateProps) {
  const { pages, name, permission, empty, children } = props;
  if (pages.items.length > 0) return <>{children}</>;
  if (pages.problem) {
    return (
      <RowsProblem
        errorTitle={props.errorTitle}
        forbiddenTitle={props.forbiddenTitle}
        permission={permission}
        problem={pages.problem}
        onRetry={pages.more}
      />
    );
  }
  if (!pages.isAsking) return empty;
  return (
    <div role="status" aria-label={name}>
      <Skeleton height={320} />
    </div>
  );
}

function RowsProblem(props: {
  readonly errorTitle: string;
  readonly forbiddenTitle: string | undefined;
  readonly permission: string;
  readonly problem: Problem;
  readonly onRetry: () => void;
}) {
  const { errorTitle, permission, problem, onRetry } = props;
  const t = useText();
  const { forbiddenTitle = t('problem.forbiddenTitle') } = props;
  if (problem.kind === 'http' && [403, 404].includes(problem.status)) {
    return (
      <ForbiddenBlock
        title={forbiddenTitle}
        permission={permission}
        message={problem.message}
      />
    );
  }
  return (
    <StateBlock
      kind="error"
      title={errorTitle}
      text={problemText(t, problem)}
      actions={
        <Button variant="secondary" onPress={onRetry}>
          {t('problem.tryAgain')}
        </Button>
      }
    />
  );
}
