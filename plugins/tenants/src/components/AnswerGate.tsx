// SPDX-License-Identifier: Apache-2.0
import { Button, Skeleton } from '@backstage/ui';
import type { ReactElement, ReactNode } from 'react';
import type { Answer } from '../live/useAnswer';
import type { Problem } from '../live/Live';
import { classes } from '../styles';
import { useText } from '../useText';
import { ProblemBlock } from './ProblemBlock';
import { problemText } from './problemText';

/** Props of {@link AnswerGate}. */
export type AnswerGateProps<T> = {
  readonly answer: Answer<T>;
  readonly errorTitle: string;
  readonly forbiddenTitle: string;
  /** The right that the question needs. */
  readonly permission: string;
  /** Stands there when there is no such thing; left out, that is a failure like others. */
  readonly notFound?: ReactElement;
  readonly skeletonHeight?: number;
  readonly children: (value: T) => ReactNode;
};

/** Decides between the answer to one request, skeleton, error, forbidden and not found. */
export function AnswerGate<T>(props: AnswerGateProps<T>) {
  const { answer, skeletonHeight = 320, children } = props;
  const t = useText();
  if (answer.value !== undefined) {
    return (
      <>
        {answer.problem && <OldAnswer {...answer} problem={answer.problem} />}
        {children(answer.value)}
      </>
    );
  }
  if (answer.problem) return <AnswerProblem {...props} />;
  return (
    <div role="status" aria-label={t('problem.loading')}>
      <Skeleton height={skeletonHeight} />
    </div>
  );
}

/** What stands there was read before; asking again has failed. */
function OldAnswer(props: {
  readonly problem: Problem;
  readonly retry: () => void;
}) {
  const { problem, retry } = props;
  const t = useText();
  return (
    <div className={classes.notice} role="status">
      <span className={classes.grow}>
        {t('problem.old')} {problemText(t, problem)}
      </span>
      <Button size="small" variant="secondary" onPress={retry}>
        {t('problem.tryAgain')}
      </Button>
    </div>
  );
}

function AnswerProblem<T>(props: AnswerGateProps<T>) {
  const { answer, errorTitle, forbiddenTitle, permission, notFound } = props;
  const { problem, retry } = answer;
  if (!problem) return null;
  if (notFound && problem.kind === 'http' && problem.status === 404) {
    return notFound;
  }
  return (
    <ProblemBlock
      problem={problem}
      errorTitle={errorTitle}
      forbiddenTitle={forbiddenTitle}
      permission={permission}
      forbidden={[403]}
      onRetry={retry}
    />
  );
}
