// SPDX-License-Identifier: Apache-2.0
import type { StepOutcome } from '../OperationExecutor';
import { fenced, type EffectContext } from './EffectContext';
import { failure } from './failures';
import type { InputOf } from './stepInputs';

/** Takes hold of an environment for this lease, before anything in it is touched. */
export async function claimRecord(
  context: EffectContext,
): Promise<StepOutcome> {
  const { ports, step, record } = context;
  await fenced(context, () =>
    ports.records.claim(record, step.fence, step.signal),
  );
  return { kind: 'done' };
}

/** Writes what the environment is now, as a new revision; run again by the same operation, it is the same revision. */
export async function writeRecord(
  context: EffectContext,
  input: InputOf<'record'>,
): Promise<StepOutcome> {
  const { ports, step } = context;
  const { records, revisions } = ports;
  const { id, title, requestedBy } = step.operation;
  const present = await records.get(input.record, step.signal);
  if (!present) return gone(input.record.environment);
  const isRetained = input.record.state === 'retained';
  const isWritten = present.operation === id;
  // What is retained can be brought back as it was: it is no new revision.
  const isNew = !isWritten && !isRetained;
  const revision = present.revision + (isNew ? 1 : 0);
  const next = {
    ...input.record,
    revision,
    operation: id,
    fence: step.fence,
    stored: present.stored,
  };
  const { tenant, environment, spec, releases } = next;
  await fenced(context, () => records.write(next, step.signal));
  if (isRetained) return { kind: 'done', message: 'It is retained.' };
  await revisions.add({
    tenant,
    environment,
    revision,
    by: requestedBy,
    operation: id,
    title,
    spec,
    releases,
  });
  return {
    kind: 'done',
    message: `This is revision ${revision}.`,
    result: { revision },
  };
}

function gone(environment: string): StepOutcome {
  return {
    kind: 'failed',
    partial: true,
    error: failure(
      'RecordGone',
      `The record of environment "${environment}" was removed meanwhile. Apply it again.`,
    ),
  };
}
