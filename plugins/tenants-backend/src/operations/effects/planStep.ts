// SPDX-License-Identifier: Apache-2.0
import type { EnvironmentRecord } from '../../records/EnvironmentRecord';
import type { StepPlan } from '../OperationExecutor';
import { toJson, type StepInput } from './stepInputs';

type Of = Pick<EnvironmentRecord, 'environment' | 'cluster'>;

/** A step on one environment. `part` tells steps of one sort apart. */
export function planStep(
  { environment, cluster }: Of,
  input: StepInput,
  more: {
    readonly title: string;
    readonly part?: string;
    readonly wave?: number;
  },
): StepPlan {
  const { title, part, wave } = more;
  return {
    key: [input.do, cluster, environment, part].filter(Boolean).join('/'),
    title,
    environment,
    cluster,
    ...(wave === undefined ? {} : { wave }),
    input: toJson(input),
  };
}
