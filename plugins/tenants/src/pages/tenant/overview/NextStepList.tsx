// SPDX-License-Identifier: Apache-2.0
import { BgProvider, Button, ButtonLink } from '@backstage/ui';
import { useId } from 'react';
import { useOperations } from '../../../operations/OperationsProvider';
import { FIRST_STEP } from '../../../palette/usePageKeys';
import { classes } from '../../../styles';
import { useText } from '../../../useText';
import type { NextStep } from './stepRules';
import styles from './overview.module.css';

/** What to do about a cause next, each with what it takes; nothing where nothing is known. */
export function NextStepList({
  steps,
}: {
  readonly steps: readonly NextStep[];
}) {
  const t = useText();
  const headingId = useId();
  if (steps.length === 0) return null;
  return (
    <div className={styles.steps}>
      <h4 id={headingId} className={classes.muted}>
        {t('steps.title')}
      </h4>
      <ol aria-labelledby={headingId}>
        {steps.map((step, at) => (
          <li key={step.id} {...(at === 0 && { [FIRST_STEP]: '' })}>
            <div className={styles.stepText}>
              <span className={classes.bold}>{step.title}</span>
              <span className={`${classes.small} ${classes.muted}`}>
                {step.cost}
              </span>
            </div>
            <StepButton step={step} isFirst={at === 0} />
          </li>
        ))}
      </ol>
    </div>
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
