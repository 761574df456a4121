// SPDX-License-Identifier: Apache-2.0
import { ApiError } from '../storage/ApiError';
import type { KubeObject, Objects } from '../storage/Objects';
import { timestamp } from '../storage/timestamp';
import type { Clock } from '../time/Clock';
import type { ControllerErrors } from './ControllerErrors';

/** The oldest events of a namespace go beyond this number. */
const MAX_EVENTS_PER_NAMESPACE = 300;

type Regarding = Pick<KubeObject, 'apiVersion' | 'kind' | 'metadata'>;
export type EventText = {
  readonly type?: 'Normal' | 'Warning';
  readonly reason: string;
  readonly message: string;
  readonly component: string;
  readonly host?: string;
  readonly fieldPath?: string;
  /** Events of one reason are one, though their texts differ. */
  readonly combined?: boolean;
};

/** Writes core/v1 Events; the same event again raises its count, as client-go’s correlator does. */
export class EventRecorder {
  private readonly names = new Map<string, Map<string, string>>();
  private written = 0;

  constructor(
    private readonly ports: {
      objects: Objects;
      clock: Clock;
      errors: ControllerErrors;
    },
  ) {}

  record(regarding: Regarding, text: EventText): void {
    const { name, uid, namespace = 'default' } = regarding.metadata;
    const known = this.known(namespace);
    const what = text.combined ? '' : text.message;
    const key = `${uid} ${text.component} ${text.reason} ${what}`;
    const present = known.get(key);
    if (present && this.again(namespace, present, text)) return;
    this.written += 1;
    const eventName = `${name}.${this.ports.clock.now().toString(16)}${(
      this.written % 0x100000
    )
      .toString(16)
      .padStart(5, '0')}`;
    if (
      !this.write(
        { ...regarding, metadata: { ...regarding.metadata, namespace } },
        { text, eventName },
      )
    )
      return;
    known.delete(key);
    known.set(key, eventName);
    this.bound(namespace, known);
  }

  private known(namespace: string): Map<string, string> {
    const present = this.names.get(namespace);
    if (present) return present;
    const made = new Map<string, string>();
    this.names.set(namespace, made);
    return made;
  }

  private again(namespace: string, name: string, text: EventText): boolean {
    const now = timestamp(this.ports.clock.now());
    const changed = this.ports.objects.modify(
      'events',
      { namespace, name },
      draft => {
        draft.count = Number(draft.count ?? 1) + 1;
        draft.lastTimestamp = now;
        if (text.combined)
          draft.message = `(combined from similar events): ${text.message}`;
      },
    );
    return changed !== undefined;
  }

  private write(
    regarding: Regarding,
    { text, eventName }: { text: EventText; eventName: string },
  ): boolean {
    const now = timestamp(this.ports.clock.now());
    const { namespace, name, uid, resourceVersion } = regarding.metadata;
    try {
      this.ports.objects.create('events', {
        apiVersion: 'v1',
        kind: 'Event',
        metadata: { name: eventName, namespace },
        involvedObject: {
          kind: regarding.kind,
          namespace,
          name,
          uid,
          apiVersion: regarding.apiVersion,
          resourceVersion,
          ...(text.fieldPath ? { fieldPath: text.fieldPath } : {}),
        },
        reason: text.reason,
        message: text.message,
        source: {
          component: text.component,
          ...(text.host ? { host: text.host } : {}),
        },
        firstTimestamp: now,
        lastTimestamp: now,
        count: 1,
        type: text.type ?? 'Normal',
        eventTime: null,
        reportingComponent: text.component,
        reportingInstance: text.host ?? '',
      });
      return true;
    } catch (error) {
      // The namespace is going, or gone: the real recorder drops the event too.
      const going =
        error instanceof ApiError && (error.code === 404 || error.code === 403);
      if (!going)
        this.ports.errors.record('events', `${namespace}/${name}`, error);
      return false;
    }
  }

  private bound(namespace: string, known: Map<string, string>): void {
    if (known.size <= MAX_EVENTS_PER_NAMESPACE) return;
    const [oldest] = known;
    known.delete(oldest[0]);
    this.ports.objects.delete('events', { namespace, name: oldest[1] });
  }
}
