// SPDX-License-Identifier: Apache-2.0
import type { ChangeSetEntry } from '@tenantry/backstage-plugin-tenants-common';
import { isNotFound } from '@tenantry/backstage-plugin-tenants-node';
import type { StepOutcome } from '../OperationExecutor';
import type { EffectContext } from './EffectContext';
import { EFFECT_LIMITS } from './EffectPorts';
import { isJson } from './fieldTree';
import { parseLive, type LiveObject } from './readMembers';
import type { InputOf } from './stepInputs';
import { patchWorkload, workloadEntry, workloadType } from './workloadPatch';

const kinds = ['Deployment', 'StatefulSet', 'CronJob', 'DaemonSet'] as const;
type Kind = (typeof kinds)[number];

type Found = { readonly kind: Kind; readonly object: LiveObject };
type Patch = Readonly<Record<string, unknown>>;

function spec({ spec: value }: LiveObject): Readonly<Record<string, unknown>> {
  return isJson(value) ? value : {};
}

function annotationOf(
  { metadata }: LiveObject,
  name: string,
): string | undefined {
  const { annotations } = metadata;
  const value = isJson(annotations) ? annotations[name] : undefined;
  return typeof value === 'string' ? value : undefined;
}

/** To zero, with what was before in the same patch. What is remembered already is never overwritten. */
function sleepPatch(
  { kind, object }: Found,
  annotation: string,
): Patch | undefined {
  const remembered = annotationOf(object, annotation);
  if (kind === 'CronJob') {
    if (spec(object).suspend === true) return undefined;
    const annotations = { [annotation]: remembered ?? 'running' };
    return { metadata: { annotations }, spec: { suspend: true } };
  }
  const { replicas = 1 } = spec(object);
  if (replicas === 0) return undefined;
  const annotations = { [annotation]: remembered ?? String(replicas) };
  return { metadata: { annotations }, spec: { replicas: 0 } };
}

/** Back to what was, and no longer remembered. What has no memory was not put to sleep by us. */
function wakePatch(
  { kind, object }: Found,
  annotation: string,
): Patch | undefined {
  const remembered = annotationOf(object, annotation);
  if (remembered === undefined) return undefined;
  const metadata = { annotations: { [annotation]: null } };
  if (kind === 'CronJob') return { metadata, spec: { suspend: false } };
  const replicas = Number(remembered);
  // A tenant may have written anything there.
  const isCount =
    Number.isInteger(replicas) && replicas >= 0 && replicas <= 1_000;
  return isCount ? { metadata, spec: { replicas } } : { metadata };
}

async function ofKind(
  { api, step }: EffectContext,
  { kind, namespace }: { readonly kind: Kind; readonly namespace: string },
): Promise<readonly Found[]> {
  const found: Found[] = [];
  let next: string | undefined;
  try {
    do {
      const page = await api.list(workloadType(kind), {
        namespace,
        limit: EFFECT_LIMITS.listPage,
        continue: next,
        project: parseLive,
        signal: step.signal,
      });
      found.push(...page.items.map(object => ({ kind, object })));
      next = page.continue;
    } while (next);
  } catch (error) {
    // A cluster that does not serve the kind, as one before 1.21 CronJobs of batch/v1, has none.
    if (!isNotFound(error)) throw error;
  }
  return found;
}

async function workloadsOf(
  context: EffectContext,
  rendered: ReadonlySet<string>,
): Promise<readonly Found[]> {
  const found: Found[] = [];
  for (const namespace of context.record.namespaces) {
    for (const kind of kinds) {
      found.push(...(await ofKind(context, { kind, namespace })));
    }
  }
  return found.filter(
    ({ kind, object }) => !rendered.has(`${kind}/${object.metadata.name}`),
  );
}

/** Puts to sleep, or wakes, what no manifest of ours has replicas for. */
export async function quietWorkloads(
  context: EffectContext,
  { rendered, asleep }: InputOf<'quiet'>,
): Promise<StepOutcome> {
  const { ports, step } = context;
  const annotation = `${ports.settings.prefix}/replicas-before-sleep`;
  const workloads = await workloadsOf(context, new Set(rendered));
  const changes: ChangeSetEntry[] = [];
  for (const { kind, object } of workloads) {
    if (step.isCancelling()) break;
    const { name, namespace = '' } = object.metadata;
    const target = { kind, name, namespace };
    if (kind === 'DaemonSet') {
      const why = 'A DaemonSet runs on every node; it is not put to sleep.';
      if (asleep) changes.push(workloadEntry('skipped', target, why));
    } else {
      const after = await patchWorkload(context, { kind, object }, live =>
        asleep
          ? sleepPatch({ kind, object: live }, annotation)
          : wakePatch({ kind, object: live }, annotation),
      );
      if (after !== object) changes.push(workloadEntry('configured', target));
    }
  }
  return { kind: 'done', changes };
}
