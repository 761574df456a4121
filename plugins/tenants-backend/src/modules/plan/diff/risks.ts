// SPDX-License-Identifier: Apache-2.0
import type {
  PlanNote,
  Refusal,
} from '@tenantry/backstage-plugin-tenants-common';
import { numberField, objectField, textField } from '../../manifests/jsonValue';
import type { LiveObject } from '../../LiveObject';
import type { RawChange } from './compareFields';
import { sayPath } from './FieldPath';

/** An object that changes. */
export type ChangedObject = {
  readonly environment: string;
  readonly live: LiveObject;
  readonly changes: readonly RawChange[];
  /** Paths that cannot change in place. */
  readonly immutable: readonly string[];
  readonly moduleLabel: string;
};

const WORKLOADS = ['Deployment', 'StatefulSet', 'DaemonSet'];
const POD_SECURITY = 'pod-security.kubernetes.io/enforce';

/** What a change puts at risk. */
export function notesOnChange(changed: ChangedObject): PlanNote[] {
  return [
    ...replacementNotes(changed),
    ...restartNotes(changed),
    ...scopeNotes(changed),
  ];
}

/** A volume is never replaced behind anybody’s back. */
export function refusalOfImmutable(
  changed: ChangedObject,
): Refusal | undefined {
  const { environment, immutable } = changed;
  const { kind, name, subject } = said(changed);
  if (kind !== 'PersistentVolumeClaim' || immutable.length === 0) {
    return undefined;
  }
  return {
    rule: 'manifest',
    environment,
    subject,
    message: `${immutable.join(
      ', ',
    )} of the volume claim ${name} cannot be changed: volumes only grow, and are not replaced by an apply.`,
    chain: [subject],
    fixes: [
      {
        label: `Leave ${immutable[0]} of ${name} as it is, or take another name for the new volume.`,
        effect: 'The volume stays with what it holds.',
      },
    ],
  };
}

function said({ live }: ChangedObject) {
  const kind = textField(live, 'kind') ?? '';
  const name = textField(objectField(live, 'metadata'), 'name') ?? '';
  return { kind, name, subject: `${kind}/${name}` };
}

function replacementNotes(changed: ChangedObject): PlanNote[] {
  const { environment, immutable } = changed;
  if (immutable.length === 0) return [];
  const { kind, name, subject } = said(changed);
  const notes: PlanNote[] = [
    {
      environment,
      subject,
      kind: 'immutable-field',
      message: `${immutable.join(
        ', ',
      )} of ${kind} ${name} cannot be changed in place: it is deleted and created again.`,
    },
  ];
  if (immutable.some(path => path.startsWith('spec.volumeClaimTemplates'))) {
    notes.push({
      environment,
      subject,
      kind: 'volume-replaced',
      message: `StatefulSet ${name} gets new volume claims. Existing ones of the same names are kept as they are; what is in them is not copied.`,
    });
  }
  return notes;
}

function restartNotes(changed: ChangedObject): PlanNote[] {
  const { environment, live, changes } = changed;
  const { kind, name, subject } = said(changed);
  if (!WORKLOADS.includes(kind)) return [];
  const first = changes.find(
    ({ path }) => path[0] === 'f:spec' && path[1] === 'f:template',
  );
  const replicas = numberField(objectField(live, 'spec'), 'replicas');
  if (!first || replicas === 0) return [];
  return [
    {
      environment,
      subject,
      kind: 'restart',
      message: `The pods of ${kind} ${name} are replaced, because ${sayPath(
        first.path,
      )} changes.`,
    },
  ];
}

/** What belongs to another module than before, or may do more or less than before. */
function scopeNotes(changed: ChangedObject): PlanNote[] {
  const { environment, changes, moduleLabel } = changed;
  const { kind, name, subject } = said(changed);
  return changes.flatMap(({ path, from, to }) => {
    if (path[1] !== 'f:labels' || from === undefined) return [];
    const next = to === undefined ? 'none' : String(to);
    if (path[2] === `f:${moduleLabel}`) {
      const message = `${kind} ${name} goes from the module ${from} to ${next}.`;
      return [{ environment, subject, kind: 'scope-change' as const, message }];
    }
    if (kind !== 'Namespace' || path[2] !== `f:${POD_SECURITY}`) return [];
    const message = `Pods of ${name} were held to the Pod Security level ${from}, then to ${next}.`;
    return [{ environment, subject, kind: 'scope-change' as const, message }];
  });
}
