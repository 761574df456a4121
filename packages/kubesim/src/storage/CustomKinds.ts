// SPDX-License-Identifier: Apache-2.0
import type { Kind } from '../kinds/Kind';
import { kindsOfDefinition, type KindRegistry } from '../kinds/KindRegistry';
import type { Clock } from '../time/Clock';
import type { Deletion } from './Deletion';
import { CLEANUP, DEFINITIONS } from './establish';
import type { HistoryEvent } from './History';
import { cloneJson, ensureRecord, recordsOf } from './json';
import type { KubeObject } from './Objects';
import type { ObjectStore } from './ObjectStore';
import { timestamp } from './timestamp';

type Ports = {
  store: ObjectStore;
  kinds: KindRegistry;
  clock: Clock;
  deletion: Deletion;
};

/** Serves what CustomResourceDefinitions define, and empties a kind before its definition goes. */
export class CustomKinds {
  constructor(private readonly ports: Ports) {}

  /** To be called for each change. */
  hear(event: HistoryEvent): void {
    const { object } = event.revision;
    if (event.kind.resource === DEFINITIONS) this.define(event.type, object);
    else if (event.kind.custom && event.type === 'DELETED')
      this.finish(`${event.kind.plural}.${event.kind.group}`);
  }

  private define(type: HistoryEvent['type'], definition: KubeObject): void {
    const [stored, ...others] = kindsOfDefinition(definition);
    if (!stored) return;
    if (type === 'DELETED') {
      this.ports.kinds.remove(stored.resource);
      return;
    }
    this.ports.kinds.add(stored, ...others);
    if (definition.metadata.deletionTimestamp) this.empty(definition, stored);
  }

  private empty(definition: KubeObject, kind: Kind): void {
    const { store, deletion } = this.ports;
    if (!isTerminating(definition)) this.markTerminating(definition);
    for (const revision of store.list(kind)) {
      const { namespace, name, deletionTimestamp } = revision.object.metadata;
      const current = store.get(kind, namespace, name);
      if (current && !deletionTimestamp) deletion.delete(kind, current);
    }
    this.finish(definition.metadata.name);
  }

  private markTerminating(definition: KubeObject): void {
    const draft = cloneJson(definition);
    const status = ensureRecord(draft, 'status');
    status.conditions = [
      ...recordsOf(status.conditions),
      {
        type: 'Terminating',
        status: 'True',
        lastTransitionTime: timestamp(this.ports.clock.now()),
        reason: 'InstanceDeletionInProgress',
        message: 'CustomResource deletion is in progress',
      },
    ];
    this.write(draft);
  }

  /** Lets the definition go once the last object of its kind is gone. */
  private finish(name: string): void {
    const { store, kinds, deletion } = this.ports;
    const definitions = kinds.get(DEFINITIONS);
    const kind = kinds.get(name);
    if (!definitions || !kind || store.count(kind) > 0) return;
    const current = store.get(definitions, undefined, name)?.object;
    if (!current?.metadata.deletionTimestamp) return;
    const draft = cloneJson(current);
    draft.metadata.finalizers = draft.metadata.finalizers?.filter(
      finalizer => finalizer !== CLEANUP,
    );
    if (!deletion.finish(definitions, draft)) this.write(draft);
  }

  private write(draft: KubeObject): void {
    const kind = this.ports.kinds.get(DEFINITIONS);
    if (kind) this.ports.store.put(kind, draft);
  }
}

function isTerminating(definition: KubeObject): boolean {
  return recordsOf(definition.status?.conditions).some(
    item => item.type === 'Terminating',
  );
}
