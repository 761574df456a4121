// SPDX-License-Identifier: Apache-2.0
import type {
  KubeObject,
  ObjectChange,
  Objects,
  OwnerReference,
} from '../storage/Objects';
import type { Clock } from '../time/Clock';
import type { ControllerErrors } from './ControllerErrors';
import { WorkQueue } from './WorkQueue';

/** An owner may be created just after what it owns. */
const PATIENCE_MS = 1_000;

type Ports = {
  readonly objects: Objects;
  readonly clock: Clock;
  readonly errors: ControllerErrors;
  /** `undefined` for a kind that this cluster does not serve. */
  readonly resourceOf: (owner: OwnerReference) => string | undefined;
};

/** Removes what is owned by objects that are not there, and takes such owners off what has others. */
export class GarbageCollector {
  private readonly queue: WorkQueue;

  constructor(private readonly ports: Ports) {
    const { clock, errors } = ports;
    this.queue = new WorkQueue({
      clock,
      reconcile: key => this.collect(key),
      failed: (key, error) => errors.record('garbagecollector', key, error),
    });
  }

  observe({ type, resource, object }: ObjectChange): void {
    if (type === 'DELETED' || !object.metadata.ownerReferences) return;
    if (this.absentOwners(object).length === 0) return;
    const { namespace = '', name } = object.metadata;
    this.queue.add(`${resource} ${namespace}/${name}`, PATIENCE_MS);
  }

  stop(): void {
    this.queue.stop();
  }

  private collect(key: string): undefined {
    const [resource, path] = key.split(' ');
    const slash = path.indexOf('/');
    const namespace = path.slice(0, slash) || undefined;
    const where = { namespace, name: path.slice(slash + 1) };
    const object = this.ports.objects.get(resource, where);
    if (!object || object.metadata.deletionTimestamp) return undefined;
    const absent = new Set(this.absentOwners(object).map(({ uid }) => uid));
    const owners = object.metadata.ownerReferences ?? [];
    if (absent.size === 0) return undefined;
    if (absent.size === owners.length)
      this.ports.objects.delete(resource, where);
    else
      this.ports.objects.modify(resource, where, draft => {
        draft.metadata.ownerReferences = owners.filter(
          ({ uid }) => !absent.has(uid),
        );
      });
    return undefined;
  }

  private absentOwners({ metadata }: KubeObject): OwnerReference[] {
    return (metadata.ownerReferences ?? []).filter(owner => {
      const resource = this.ports.resourceOf(owner);
      // What kind that is, nobody knows: it may well be there.
      if (!resource) return false;
      const { namespace } = metadata;
      const found = this.ports.objects.get(resource, {
        namespace,
        name: owner.name,
      });
      return found?.metadata.uid !== owner.uid;
    });
  }
}
