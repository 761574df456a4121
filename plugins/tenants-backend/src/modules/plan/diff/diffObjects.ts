// SPDX-License-Identifier: Apache-2.0
import type {
  ChangeSetEntry,
  PlanNote,
  Refusal,
} from '@tenantry/backstage-plugin-tenants-common';
import type { LiveObject } from '../../LiveObject';
import { objectField, textField } from '../../manifests/jsonValue';
import type { RenderedObject } from '../../RenderedObject';
import { KEPT_KINDS } from '../../resourceTypes';
import { compareFields, type RawChange } from './compareFields';
import { droppedFields } from './droppedFields';
import { explainImmutable } from './explainImmutable';
import { otherManagersOf, readManagedFields } from './ManagedFields';
import { objectKey, toJson } from './objectKey';
import { notesOnChange, refusalOfImmutable } from './risks';
import { toFieldChanges } from './toFieldChanges';
import { sayPath } from './FieldPath';

/** What is to be, and what is there. */
export type DiffInput = {
  readonly environment: string;
  /** In the order in which they are applied. */
  readonly rendered: readonly RenderedObject[];
  /** Members of the environment’s ApplySet, and whatever else has the name of something rendered. */
  readonly live: readonly LiveObject[];
  /** Value of `applyset.kubernetes.io/part-of`: what carries it and is no longer rendered is deleted. */
  readonly applySetId: string;
  /** Label that names the module of an object. */
  readonly moduleLabel: string;
};

/** What becomes of each object, in the order of application, deletions last. */
export type Diff = {
  readonly entries: readonly ChangeSetEntry[];
  readonly notes: readonly PlanNote[];
  readonly refusals: readonly Refusal[];
};

type Part = {
  readonly entry: ChangeSetEntry;
  readonly notes: readonly PlanNote[];
  readonly refusal?: Refusal;
};

/** Compares what is rendered with what is there. Only what we render, and what we have set before, counts as a change. */
export function diffObjects(input: DiffInput): Diff {
  const live = new Map(input.live.map(object => [objectKey(object), object]));
  const wanted = new Set(
    input.rendered.map(({ manifest }) => objectKey(toJson(manifest))),
  );
  const parts = [
    ...input.rendered.map(object => diffObject(object, live, input)),
    ...input.live
      .filter(
        object => !wanted.has(objectKey(object)) && isMember(object, input),
      )
      .sort((a, b) => (objectKey(a) < objectKey(b) ? -1 : 1))
      .map(object => prune(object, input)),
  ];
  return {
    entries: parts.map(({ entry }) => entry),
    notes: parts.flatMap(({ notes }) => notes),
    refusals: parts.flatMap(({ refusal }) => refusal ?? []),
  };
}

function diffObject(
  object: RenderedObject,
  liveByKey: ReadonlyMap<string, LiveObject>,
  input: DiffInput,
): Part {
  const rendered = toJson(object.manifest);
  const live = liveByKey.get(objectKey(rendered));
  const entry = {
    ...identity(rendered),
    ...(object.module !== undefined && { module: object.module }),
  };
  if (!live) {
    return { entry: { action: 'created', ...entry, fields: [] }, notes: [] };
  }
  const managed = readManagedFields(live);
  const changes: readonly RawChange[] = [
    ...compareFields(rendered, live),
    ...droppedFields(rendered, live, managed),
  ];
  if (changes.length === 0) {
    return { entry: { action: 'unchanged', ...entry, fields: [] }, notes: [] };
  }
  const immutable = explainImmutable(live, changes);
  const told = { ...input, live, changes, immutable };
  const refusal = refusalOfImmutable(told);
  const reason = whoElse(changes, managed);
  return {
    entry: {
      action: 'configured',
      ...entry,
      fields: toFieldChanges(entry.kind, changes),
      ...(reason !== undefined && { reason }),
    },
    notes: refusal ? [] : notesOnChange(told),
    ...(refusal && { refusal }),
  };
}

/** Who else has set a field that changes: they may set it back. */
function whoElse(
  changes: readonly RawChange[],
  managed: ReturnType<typeof readManagedFields>,
): string | undefined {
  for (const { path } of changes) {
    const [manager] = otherManagersOf(path, managed);
    if (manager !== undefined) {
      return `${manager} has set ${sayPath(path)} too and may set it back.`;
    }
  }
  return undefined;
}

function isMember(object: LiveObject, { applySetId }: DiffInput): boolean {
  const labels = objectField(objectField(object, 'metadata'), 'labels');
  return textField(labels, 'applyset.kubernetes.io/part-of') === applySetId;
}

/** What is no longer rendered goes, unless it holds data or somebody else made it. */
function prune(object: LiveObject, input: DiffInput): Part {
  const labels = objectField(objectField(object, 'metadata'), 'labels');
  const module = textField(labels, input.moduleLabel);
  const entry = {
    ...identity(object),
    ...(module !== undefined && { module }),
    fields: [],
  };
  const { environment } = input;
  const subject = `${entry.kind}/${entry.name}`;
  if (KEPT_KINDS.has(entry.kind)) {
    return {
      entry: { action: 'skipped', ...entry, reason: 'data-kept' },
      notes: [
        {
          environment,
          subject,
          kind: 'data-kept',
          message: `${entry.kind} ${entry.name} is kept with what it holds. Only a purge removes it.`,
        },
      ],
    };
  }
  if (!readManagedFields(object).ours) {
    return {
      entry: {
        action: 'skipped',
        ...entry,
        reason: 'It carries our label, but was not applied by us.',
      },
      notes: [],
    };
  }
  return { entry: { action: 'deleted', ...entry }, notes: [] };
}

function identity(object: LiveObject) {
  const metadata = objectField(object, 'metadata');
  const namespace = textField(metadata, 'namespace');
  return {
    apiVersion: textField(object, 'apiVersion') ?? '',
    kind: textField(object, 'kind') ?? '',
    ...(namespace !== undefined && { namespace }),
    name: textField(metadata, 'name') ?? '',
  };
}
