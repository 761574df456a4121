// SPDX-License-Identifier: Apache-2.0
import { Button } from '@backstage/ui';
import type { Problem } from '../live/Live';
import { useText } from '../useText';
import { ForbiddenBlock } from './LiveGate';
import { problemText } from './problemText';
import { StateBlock } from './StateBlock';

/** Props of {@link ProblemBlock}. */
export type ProblemBlockProps = {
  readonly problem: Problem;
  readonly errorTitle: string;
  readonly forbiddenTitle: string;
  /** The right that was needed. */
  readonly permission: string;
  /** Answers that mean that the right is missing. */
  readonly forbidden: readonly number[];
  readonly onRetry: () => void;
};

/** Stands where something could not be read: who may grant it, or why it failed and how to try again. */
export function ProblemBlock(props: ProblemBlockProps) {
  const { problem, errorTitle, forbiddenTitle, permission } = props;
  const t = useText();
  if (problem.kind === 'http' && props.forbidden.includes(problem.status)) {
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
        <Button variant="secondary" onPress={props.onRetry}>
          {t('problem.tryAgain')}
        </Button>
      }
    />
  );
}
