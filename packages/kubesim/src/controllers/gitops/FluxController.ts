// SPDX-License-Identifier: Apache-2.0
import { whereOf, type Controller } from '../ControllerPorts';
import { asFluxObject, isDue, type FluxObject } from './FluxObject';
import { failureOf, type GitOpsPorts } from './GitOpsPorts';

/** What a controller of Flux does at each reconciliation: it begins, works for a while, and says how that went. */
export abstract class FluxController implements Controller {
  abstract readonly resource: string;
  /** How long its work takes, in milliseconds. */
  protected abstract readonly workMs: number;
  /** When it tries again after a failure, in milliseconds. */
  protected abstract readonly retryMs: number;
  private readonly doneAt = new Map<string, number>();
  private readonly fates = new Map<string, string>();

  constructor(protected readonly ports: GitOpsPorts) {}

  /** Writes that the work goes on. */
  protected abstract begin(object: FluxObject): void;

  /** Writes how it ended; an empty `failure` is a success. */
  protected abstract conclude(object: FluxObject, failure: string): void;

  reconcile(key: string): number | undefined {
    const found = this.ports.objects.get(this.resource, whereOf(key));
    if (!found || found.metadata.deletionTimestamp) {
      this.doneAt.delete(key);
      this.fates.delete(key);
      return undefined;
    }
    const object = asFluxObject(found);
    if (object.spec.suspend) return undefined;
    const now = this.ports.clock.now();
    const doneAt = this.doneAt.get(key);
    if (doneAt !== undefined && doneAt > now) return doneAt - now;
    const fate = this.fateOf(object);
    if (doneAt !== undefined) {
      this.doneAt.delete(key);
      this.fates.set(key, fate);
      this.conclude(object, fate);
      return fate ? this.retryMs : undefined;
    }
    if (!isDue(object) && this.fates.get(key) === fate) return undefined;
    this.begin(object);
    this.doneAt.set(key, now + this.workMs);
    return this.workMs;
  }

  /** Replaces the status of an object. */
  protected write(
    { metadata }: FluxObject,
    next: (draft: FluxObject) => FluxObject['status'],
  ): void {
    this.ports.objects.modify(this.resource, metadata, draft => {
      draft.status = next(asFluxObject(draft));
    });
  }

  private fateOf({ metadata }: FluxObject): string {
    return failureOf(this.ports.fateOf(this.resource, metadata)) ?? '';
  }
}
