// SPDX-License-Identifier: Apache-2.0
import { pseudoHash } from '../../kubelet/imageFacts';
import { recordOf, textOf } from '../../storage/json';
import type { KubeObject } from '../../storage/Objects';
import { timestamp } from '../../storage/timestamp';
import { whereOf, type Controller } from '../ControllerPorts';
import { failureOf, type GitOpsPorts } from './GitOpsPorts';

const WORK_MS = 5_000;
const MAX_HISTORY = 10;
const COMPONENT = 'argocd-application-controller';

/** Sets the status of Argo CD Applications: sync, health, the last operation and the history of syncs. */
export class ApplicationController implements Controller {
  readonly resource = 'applications.argoproj.io';
  private readonly seen = new Map<string, string>();
  private readonly doneAt = new Map<string, number>();

  constructor(private readonly ports: GitOpsPorts) {}

  reconcile(key: string): number | undefined {
    const object = this.ports.objects.get(this.resource, whereOf(key));
    if (!object || object.metadata.deletionTimestamp) {
      this.seen.delete(key);
      this.doneAt.delete(key);
      return undefined;
    }
    const failure = failureOf(
      this.ports.fateOf(this.resource, object.metadata),
    );
    const wanted = JSON.stringify([object.spec, failure, object.operation]);
    const now = this.ports.clock.now();
    const doneAt = this.doneAt.get(key);
    if (doneAt !== undefined && doneAt > now) return doneAt - now;
    if (doneAt !== undefined) {
      this.doneAt.delete(key);
      this.seen.set(key, wanted);
      this.conclude(object, failure);
      return undefined;
    }
    if (this.seen.get(key) === wanted) return undefined;
    if (!isAutomated(object) && object.operation === undefined) {
      this.seen.set(key, wanted);
      this.notice(object, failure);
      return undefined;
    }
    this.begin(object);
    this.doneAt.set(key, now + WORK_MS);
    return WORK_MS;
  }

  /** Without automation it says what differs, and leaves it. */
  private notice(object: KubeObject, failure: string | undefined): void {
    const synced = recordOf(object.status?.sync).revision;
    const status = synced === revisionOf(object) ? 'Synced' : 'OutOfSync';
    const health = healthOf(failure, synced ? 'Healthy' : 'Missing');
    this.write(object, { sync: syncOf(object, status), health });
  }

  private begin(object: KubeObject): void {
    const at = timestamp(this.ports.clock.now());
    this.write(object, {
      sync: syncOf(object, 'OutOfSync'),
      health: { status: 'Progressing', lastTransitionTime: at },
      operationState: {
        phase: 'Running',
        startedAt: at,
        message: 'waiting for healthy state of resources',
      },
    });
  }

  private conclude(object: KubeObject, failure: string | undefined): void {
    const at = timestamp(this.ports.clock.now());
    const revision = revisionOf(object);
    const history = Array.isArray(object.status?.history)
      ? object.status.history
      : [];
    const last = recordOf(history.at(-1));
    const entry = {
      id: Number(last.id ?? -1) + 1,
      revision,
      deployedAt: at,
      source: object.spec?.source,
    };
    const startedAt = recordOf(object.status?.operationState).startedAt ?? at;
    const message = failure
      ? `one or more objects failed to apply, reason: ${failure}`
      : 'successfully synced (all tasks run)';
    this.write(object, {
      sync: syncOf(object, failure ? 'OutOfSync' : 'Synced'),
      health: { ...healthOf(failure, 'Healthy'), lastTransitionTime: at },
      operationState: {
        phase: failure ? 'Failed' : 'Succeeded',
        startedAt,
        finishedAt: at,
        message,
      },
      ...(failure ? {} : { history: [...history, entry].slice(-MAX_HISTORY) }),
    });
    this.ports.events.record(object, {
      type: failure ? 'Warning' : 'Normal',
      reason: 'OperationCompleted',
      message: failure
        ? `Sync operation to ${revision} failed: ${failure}`
        : `Sync operation to ${revision} succeeded`,
      component: COMPONENT,
    });
  }

  private write(object: KubeObject, status: Record<string, unknown>): void {
    const reconciledAt = timestamp(this.ports.clock.now());
    this.ports.objects.modify(this.resource, object.metadata, draft => {
      if (status.operationState) delete draft.operation;
      draft.status = { ...draft.status, ...status, reconciledAt };
    });
    const present = this.ports.objects.get(this.resource, object.metadata);
    if (!present || !this.seen.has(keyOf(object))) return;
    const failure = failureOf(
      this.ports.fateOf(this.resource, object.metadata),
    );
    const seen = JSON.stringify([present.spec, failure, present.operation]);
    this.seen.set(keyOf(object), seen);
  }
}

function keyOf({ metadata }: KubeObject): string {
  return `${metadata.namespace ?? ''}/${metadata.name}`;
}

function isAutomated({ spec }: KubeObject): boolean {
  return recordOf(spec?.syncPolicy).automated !== undefined;
}

function healthOf(failure: string | undefined, otherwise: string) {
  return failure
    ? { status: 'Degraded', message: failure }
    : { status: otherwise };
}

function syncOf(object: KubeObject, status: string) {
  const { source, destination } = object.spec ?? {};
  const revision = status === 'Synced' ? revisionOf(object) : undefined;
  return {
    status,
    comparedTo: { source, destination },
    ...(revision ? { revision } : {}),
  };
}

/** There is no repository: the commit stands for the revision that is wanted. */
function revisionOf({ spec }: KubeObject): string {
  const source = recordOf(spec?.source);
  const wanted = textOf(source.targetRevision) ?? 'HEAD';
  return pseudoHash(`${textOf(source.repoURL) ?? ''}@${wanted}`, 40);
}
