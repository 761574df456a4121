// SPDX-License-Identifier: Apache-2.0
import { Skeleton } from '@backstage/ui';
import type { ReactElement, ReactNode } from 'react';
import type { Pages } from '../live/usePages';
import { useText } from '../useText';
import { ProblemBlock } from './ProblemBlock';

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
  const t = useText();
  const { forbiddenTitle = t('problem.forbiddenTitle') } = props;
  if (pages.items.length > 0) return <>{children}</>;
  if (pages.problem) {
    return (
      <ProblemBlock
        problem={pages.problem}
        errorTitle={props.errorTitle}
        forbiddenTitle={forbiddenTitle}
        permission={permission}
        forbidden={[403, 404]}
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
