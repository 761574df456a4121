// SPDX-License-Identifier: Apache-2.0
import type { StepOutcome } from '../OperationExecutor';
import type { EffectContext } from './EffectContext';
import { refuse } from './failures';
import { isJson } from './fieldTree';
import { planStep } from './planStep';
import type { LiveObject } from './readMembers';
import type { InputOf } from './stepInputs';
import { findWorkload, patchWorkload, workloadEntry } from './workloadPatch';

const restartable = new Set(['Deployment', 'StatefulSet', 'DaemonSet']);

function member(value: unknown, ...path: readonly string[]): unknown {
  return path.reduce<unknown>(
    (at, key) => (isJson(at) ? at[key] : undefined),
    value,
  );
}

/**
 * Restarts a workload by an annotation on its pods’ template, whose value is the operation: run again, it restarts nothing twice.
 */
export async function restartWorkload(
  context: EffectContext,
  { kind, name, record }: InputOf<'restart'>,
): Promise<StepOutcome> {
  if (!restartable.has(kind)) {
    return refuse('NotPossible', `A ${kind} can’t be restarted.`);
  }
  const { ports, step } = context;
  const annotation = `${ports.settings.prefix}/restarted-by`;
  const { id } = step.operation;
  const object = await findWorkload(context, { kind, name });
  const isDone = (live: LiveObject) =>
    member(live, 'spec', 'template', 'metadata', 'annotations', annotation) ===
    id;
  const annotations = { [annotation]: id };
  const patch = { spec: { template: { metadata: { annotations } } } };
  const live = await patchWorkload(context, { kind, object }, each =>
    isDone(each) ? undefined : patch,
  );
  const { namespace = '', generation } = live.metadata;
  const target = { kind, name, namespace };
  const seen = typeof generation === 'number' ? { generation } : {};
  const input = {
    do: 'wait' as const,
    record,
    workloads: [{ ...target, ...seen }],
    since: ports.clock.now(),
  };
  const title = `Wait until ${kind} ${name} is healthy`;
  return {
    kind: 'done',
    changes: [workloadEntry('configured', target)],
    next: [planStep(record, input, { title, part: name })],
  };
}

/** Sets the replicas of a workload that no manifest of ours has replicas for. */
export async function scaleWorkload(
  context: EffectContext,
  { kind, name, replicas, record }: InputOf<'scale'>,
): Promise<StepOutcome> {
  if (kind !== 'Deployment' && kind !== 'StatefulSet') {
    return refuse('NotPossible', `A ${kind} can’t be scaled.`);
  }
  const { ports } = context;
  const object = await findWorkload(context, { kind, name });
  const live = await patchWorkload(context, { kind, object }, each =>
    member(each, 'spec', 'replicas') === replicas
      ? undefined
      : { spec: { replicas } },
  );
  const { namespace = '', generation } = live.metadata;
  const target = { kind, name, namespace };
  const seen = typeof generation === 'number' ? { generation } : {};
  const workloads = [{ ...target, ...seen }];
  const since = ports.clock.now();
  const title = `Wait until ${kind} ${name} is healthy`;
  const wait = { do: 'wait' as const, record, workloads, since };
  return {
    kind: 'done',
    changes: [workloadEntry('configured', target)],
    next: [planStep(record, wait, { title, part: name })],
  };
}
