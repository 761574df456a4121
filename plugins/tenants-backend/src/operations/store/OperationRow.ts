// SPDX-License-Identifier: Apache-2.0
import {
  isFinalState,
  operationErrorSchema,
  operationRequestSchema,
  operationSchema,
  toChangeSet,
  type ChangeSetEntry,
  type Operation,
  type OperationEvent,
  type OperationRequest,
  type OperationStep,
} from '@tenantry/backstage-plugin-tenants-common';
import { z } from 'zod';

/** A row of the table `operations`. PostgreSQL gives large numbers as text. */
export type OperationRow = {
  seq: number | string;
  id: string;
  tenant: string;
  type: Operation['type'];
  title: string;
  priority: number;
  state: Operation['state'];
  ready: number;
  request: string;
  request_hash: string;
  idempotency_key: string;
  requested_by: string;
  ownership: string | null;
  environments: string;
  retry_of: string | null;
  attempt: number;
  max_attempts: number;
  planned: number;
  owner: string | null;
  fence: number | string;
  slot: number | null;
  due_at: number | string | null;
  error: string | null;
  result: string | null;
  created_at: number | string;
  started_at: number | string | null;
  ended_at: number | string | null;
  last_event: number;
  event_bytes: number;
  dropped: number;
  version: number;
  write_id: string | null;
};

/** Every column of the table `operations`. */
export const OPERATION_COLUMNS = Object.keys({
  seq: true,
  id: true,
  tenant: true,
  type: true,
  title: true,
  priority: true,
  state: true,
  ready: true,
  request: true,
  request_hash: true,
  idempotency_key: true,
  requested_by: true,
  ownership: true,
  environments: true,
  retry_of: true,
  attempt: true,
  max_attempts: true,
  planned: true,
  owner: true,
  fence: true,
  slot: true,
  due_at: true,
  error: true,
  result: true,
  created_at: true,
  started_at: true,
  ended_at: true,
  last_event: true,
  event_bytes: true,
  dropped: true,
  version: true,
  write_id: true,
} satisfies Record<keyof OperationRow, true>);

/** A row of the table `operation_steps`. */
export type StepRow = {
  operation: number | string;
  step_key: string;
  position: number;
  title: string;
  environment: string | null;
  cluster: string | null;
  wave: number | null;
  state: OperationStep['state'];
  input: string;
  started_at: number | string | null;
  ended_at: number | string | null;
  message: string | null;
  changes: string | null;
  error: string | null;
};

/** A row of the table `operation_events`. */
export type EventRow = {
  operation: number | string;
  seq: number;
  at: number | string;
  type: OperationEvent['type'];
  level: OperationEvent['level'];
  step: number | null;
  message: string;
};

type WaitsFor = NonNullable<Operation['waitsFor']>;

/** What is known of an operation beside its row. */
export type OperationParts = {
  readonly steps: readonly StepRow[];
  readonly waitsFor?: WaitsFor;
  /** Lists leave the changes out. */
  readonly withChanges: boolean;
};

const ownershipSchema = z.array(z.string());
const resultSchema = operationSchema.shape.result;

/** The operation of a row. */
export function toOperation(
  row: OperationRow,
  { steps, waitsFor, withChanges }: OperationParts,
): Operation {
  const { id, tenant, type, title, state, attempt } = row;
  const changes = withChanges ? steps.flatMap(changesOf) : [];
  return withoutUndefined({
    id,
    tenant,
    type,
    title,
    state,
    environments: environmentsOf(row),
    requestedBy: row.requested_by,
    createdAt: toIso(row.created_at) ?? '',
    startedAt: toIso(row.started_at),
    endedAt: toIso(row.ended_at),
    attempt,
    maxAttempts: row.max_attempts,
    nextTryAt: state === 'retrying' ? toIso(row.due_at) : undefined,
    waitsFor,
    steps: [...steps].sort((a, b) => a.position - b.position).map(toStep),
    changes: changes.length > 0 ? toChangeSet(changes) : undefined,
    error: readJson(row.error, operationErrorSchema),
    result: resultOf(row),
    retryOf: row.retry_of ?? undefined,
    retryable: state === 'failed' || state === 'cancelled',
    cancellable: !isFinalState(state) && state !== 'cancelling',
    lastEvent: row.last_event,
  });
}

/** What was asked for. */
export function requestOf(row: OperationRow): OperationRequest {
  return operationRequestSchema.parse(JSON.parse(row.request));
}

/** Who asked, with the groups that counted; `undefined` for a service. */
export function ownershipOf(row: OperationRow): string[] | undefined {
  return readJson(row.ownership, ownershipSchema);
}

/** What it has yielded so far. */
export function resultOf(row: OperationRow): Operation['result'] {
  return readJson(row.result, resultSchema);
}

function environmentsOf(row: OperationRow): string[] {
  return row.environments.split('|').filter(name => name !== '');
}

/** How the names of environments are stored, so that one can be looked for. */
export function joinEnvironments(names: readonly string[]): string {
  return names.length === 0 ? '' : `|${names.join('|')}|`;
}

function changesOf({ changes }: StepRow): ChangeSetEntry[] {
  // Written by this service only, and checked by the schema when it is served in tests.
  return changes === null ? [] : JSON.parse(changes);
}

function toStep(row: StepRow): OperationStep {
  return withoutUndefined({
    index: row.position,
    title: row.title,
    environment: row.environment ?? undefined,
    cluster: row.cluster ?? undefined,
    wave: row.wave ?? undefined,
    state: row.state,
    startedAt: toIso(row.started_at),
    endedAt: toIso(row.ended_at),
    message: row.message ?? undefined,
  });
}

/** The event of a row. */
export function toEvent(row: EventRow): OperationEvent {
  return withoutUndefined({
    seq: row.seq,
    at: toIso(row.at) ?? '',
    type: row.type,
    level: row.level,
    step: row.step ?? undefined,
    message: row.message,
  });
}

/** A time as the wire has it. */
export function toIso(ms: number | string | null): string | undefined {
  return ms === null ? undefined : new Date(Number(ms)).toISOString();
}

function readJson<T extends z.ZodType>(
  text: string | null,
  schema: T,
): z.output<T> | undefined {
  return text === null ? undefined : schema.parse(JSON.parse(text));
}

function withoutUndefined<T extends object>(value: T): T {
  for (const key of Object.keys(value)) {
    if (Reflect.get(value, key) === undefined)
      Reflect.deleteProperty(value, key);
  }
  return value;
}
