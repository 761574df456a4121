// SPDX-License-Identifier: Apache-2.0
import type { ChangeSetEntry } from '@tenantry/backstage-plugin-tenants-common';
import { isNotFound } from '@tenantry/backstage-plugin-tenants-node';
import { placesOf } from '../../modules/placesOf';
import type { RenderedObject } from '../../modules/RenderedObject';
import { KEPT_KINDS, resourceTypeOf } from '../../modules/resourceTypes';
import type { EnvironmentRecord } from '../../records/EnvironmentRecord';
import type { StepOutcome, StepPlan } from '../OperationExecutor';
import { operationAnnotation, type EffectContext } from './EffectContext';
import { EFFECT_LIMITS } from './EffectPorts';
import { failure } from './failures';
import { isUnchanged } from './isUnchanged';
import { journalled } from './journalled';
import { planStep } from './planStep';
import { findDelivered, renderDelivered } from './renderDelivered';
import {
  objectKey,
  parseLive,
  readMembers,
  type Member,
  type Places,
} from './readMembers';
import type { InputOf } from './stepInputs';
import { applySteps, type ApplyObject } from './applySteps';

type Input = InputOf<'compare'>;

function join(a: Places, b: Places = {}): Places {
  const keys = [...new Set([...Object.keys(a), ...Object.keys(b)])];
  return Object.fromEntries(
    keys.map(key => [
      key,
      [...new Set([...(a[key] ?? []), ...(b[key] ?? [])])],
    ]),
  );
}

export function entryOf(
  action: ChangeSetEntry['action'],
  { manifest, module }: Pick<RenderedObject, 'manifest' | 'module'>,
  reason?: string,
): ChangeSetEntry {
  const { apiVersion, kind, metadata } = manifest;
  const { name, namespace } = metadata;
  return {
    action,
    apiVersion,
    kind,
    name,
    fields: [],
    ...(namespace && { namespace }),
    ...(module && { module }),
    ...(reason && { reason }),
  };
}

const wantedOf = (record: EnvironmentRecord) => {
  const { owner, namespaces, state, spec, releases } = record;
  return JSON.stringify({ owner, namespaces, state, spec, releases });
};

/** Of the objects, which are to be applied; those that are as wanted already; and members nobody wants any more. */
function compare(
  context: EffectContext,
  objects: readonly RenderedObject[],
  members: readonly Member[],
) {
  const live = new Map(
    members.map(member => [objectKey({ ...member, ...member.object }), member]),
  );
  const ours = {
    manager: EFFECT_LIMITS.fieldManager,
    annotation: operationAnnotation(context),
  };
  const changed: ApplyObject[] = [];
  const unchanged: RenderedObject[] = [];
  for (const object of objects) {
    const key = objectKey(object.manifest);
    const member = live.get(key);
    live.delete(key);
    if (member && isUnchanged(object.manifest, member.object, ours)) {
      unchanged.push(object);
    } else {
      const resourceVersion = member?.object.metadata.resourceVersion;
      changed.push({ ...object, ...(resourceVersion && { resourceVersion }) });
    }
  }
  const surplus = [...live.values()].filter(
    ({ kind, object }) =>
      !KEPT_KINDS.has(kind) && !object.metadata.deletionTimestamp,
  );
  return { changed, unchanged, surplus };
}

async function missingSecrets(
  { api, step }: EffectContext,
  { record, generatedSecrets }: Input,
) {
  const [namespace = ''] = record.namespaces;
  const missing: typeof generatedSecrets = [];
  for (const secret of generatedSecrets) {
    const isThere = await api
      .get(resourceTypeOf('v1', 'Secret'), {
        namespace,
        name: secret.name,
        metadataOnly: true,
        project: () => true,
        signal: step.signal,
      })
      .catch(error => {
        if (isNotFound(error)) return false;
        throw error;
      });
    if (!isThere) missing.push(secret);
  }
  return missing;
}

/** Whether the namespace is not there, so that nothing can be in it. */
async function isFresh({ api, step, record }: EffectContext): Promise<boolean> {
  const [name = ''] = record.namespaces;
  return await api
    .get(resourceTypeOf('v1', 'Namespace'), {
      name,
      project: parseLive,
      signal: step.signal,
    })
    .then(
      () => false,
      error => {
        if (isNotFound(error)) return true;
        throw error;
      },
    );
}

/**
 * Reads what is there, one list per kind, and plans the writes. When nothing is to be written the environment is done: no
 * claim, no write. Where Flux or Argo CD delivers it, it is rendered as files, and nothing else is done to it.
 */
export async function compareEnvironment(
  context: EffectContext,
  input: Input,
): Promise<StepOutcome> {
  const { api, step } = context;
  const bytes = Buffer.byteLength(JSON.stringify(input.objects));
  if (bytes > EFFECT_LIMITS.environmentBytes) {
    return tooLarge(input.record, bytes);
  }
  const wanted = placesOf(input.objects);
  const members = await readMembers(api, input.record.applySetId, {
    places: join(wanted, input.previous?.places),
    signal: step.signal,
  });
  const delivered = await findDelivered(context, input, members);
  if (delivered) return renderDelivered(context, input, delivered);
  const found = compare(context, input.objects, members);
  const secrets = await missingSecrets(context, input);
  const changes = found.unchanged.map(object => entryOf('unchanged', object));
  const isSame =
    input.previous !== undefined &&
    input.previous.revision > 0 &&
    wantedOf(input.previous) === wantedOf(input.record);
  const nothing =
    isSame &&
    found.changed.length + found.surplus.length + secrets.length === 0;
  if (nothing) {
    const message = 'Everything is as it shall be.';
    return { kind: 'done', changes, message, next: input.others };
  }
  const isNew = found.changed.length > 0 && members.length === 0;
  const record = journalled({ ...input.record, places: wanted });
  return {
    kind: 'done',
    changes,
    next: [
      ...stepsOf({
        record,
        adopts: input.adopts,
        isFresh: isNew && (await isFresh(context)),
        objects: input.objects,
        changed: found.changed,
        secrets,
        prunes: found.surplus.length > 0 || found.changed.length > 0,
      }),
      ...input.others,
    ],
  };
}

function tooLarge(record: EnvironmentRecord, bytes: number): StepOutcome {
  const most = EFFECT_LIMITS.environmentBytes / 1024 / 1024;
  return {
    kind: 'failed',
    partial: true,
    error: failure(
      'TooLarge',
      `The objects of environment "${record.environment}" are ${Math.ceil(
        bytes / 1024 / 1024,
      )} MiB; ${most} MiB is the most. Split it into several environments.`,
    ),
  };
}

type Found = {
  readonly record: Input['record'];
  readonly adopts: readonly string[];
  readonly isFresh: boolean;
  readonly objects: readonly RenderedObject[];
  readonly changed: readonly ApplyObject[];
  readonly secrets: Input['generatedSecrets'];
  readonly prunes: boolean;
};

function stepsOf(found: Found): readonly StepPlan[] {
  const { record, objects, secrets } = found;
  const of = record.environment;
  const keep = objects.map(({ manifest }) => objectKey(manifest));
  const claim = planStep(
    record,
    { do: 'claim', record },
    { title: `Take hold of ${of}` },
  );
  const own = found.changed.filter(({ wave }) => wave < 0);
  const rest = found.changed.filter(({ wave }) => wave >= 0);
  const make = planStep(
    record,
    { do: 'secrets', record, secrets },
    { title: `Make ${secrets.length} secrets of ${of}` },
  );
  const prune = planStep(
    record,
    { do: 'prune', record, keep },
    { title: `Remove what ${of} no longer has` },
  );
  const write = planStep(
    record,
    { do: 'record', record },
    { title: `Record what ${of} is` },
  );
  return [
    claim,
    ...applySteps({ ...found, changed: own }),
    ...(secrets.length > 0 ? [make] : []),
    ...applySteps({ ...found, changed: rest }),
    ...(found.prunes ? [prune] : []),
    write,
  ];
}
