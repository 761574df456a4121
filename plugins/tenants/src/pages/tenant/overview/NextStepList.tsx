// SPDX-License-Identifier: Apache-2.0
import { BgProvider, Button, ButtonLink } from '@backstage/ui';
import { useOperations } from '../../../operations/OperationsProvider';
import { FIRST_STEP } from '../../../palette/usePageKeys';
import { classes } from '../../../styles';
import { useText } from '../../../useText';
import type { NextStep } from './stepRules';
import styles from './nextSteps.module.css';

/** What to do about a cause next, each with what it takes; nothing where nothing is known. */
export function NextStepList({
  steps,
}: {
  readonly steps: readonly NextStep[];
}) {
  const t = useText();
  if (steps.length === 0) return null;
  return (
    <ol className={styles.steps} aria-label={t('steps.title')}>
      {steps.map((step, at) => (
        <li key={step.id} {...(at === 0 && { [FIRST_STEP]: '' })}>
          <div className={styles.text}>
            <span className={classes.bold}>{step.title}</span>{' '}
            <span className={classes.muted}>· {step.cost}</span>
          </div>
          <StepButton step={step} isFirst={at === 0} />
        </li>
      ))}
    </ol>
  );
}

function StepButton(props: {
  readonly step: NextStep;
  readonly isFirst: boolean;
}) {
  const { step, isFirst } = props;
  const { title, way } = step;
  const t = useText();
  const operations = useOperations();
  const variant = isFirst ? 'primary' : 'secondary';
  return (
    <BgProvider bg="neutral-1">
      {'href' in way ? (
        <ButtonLink
          size="small"
          variant={variant}
          aria-label={t('steps.openOf', { title })}
          href={way.href}
        >
          {t('steps.open')}
        </ButtonLink>
      ) : (
        <Button
          size="small"
          variant={variant}
          aria-label={t('steps.previewOf', { title })}
          onPress={() => operations?.launch(way.action)}
        >
          {t('steps.preview')}
        </Button>
      )}
    </BgProvider>
  );
}
