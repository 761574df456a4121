// SPDX-License-Identifier: Apache-2.0
import type { OperationState } from '@tenantry/backstage-plugin-tenants-common';
import { HealthShape } from '../components/HealthShape';
import { classes } from '../styles';
import { useText } from '../useText';
import { stateShape, stateWord } from './operationWords';

/** The state of an operation as shape and word. */
export function OperationMark({ state }: { readonly state: OperationState }) {
  const t = useText();
  const shape = stateShape(state);
  return (
    <span className={classes.health} data-state={state}>
      <HealthShape code={shape} />
      <span className={classes.word} data-health={shape}>
        {stateWord(t, state)}
      </span>
    </span>
  );
}
