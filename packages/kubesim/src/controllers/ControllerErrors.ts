// SPDX-License-Identifier: Apache-2.0

/** The oldest errors go beyond this number; the counts stay. */
const MAX_ERRORS = 200;

/**
 * An error of a controller: a step that threw, and how often in a row it did.
 *
 * @public
 */
export type ControllerError = {
  /** The resource the controller keeps, or `kubelet`, `events`. */
  readonly controller: string;
  /** `namespace/name` of the object it worked on. */
  readonly key: string;
  readonly message: string;
  /** When it was last seen, in simulated time. */
  readonly at: number;
  readonly count: number;
};

/** Counts and keeps what went wrong inside controllers, so that nothing fails unseen. @public */
export class ControllerErrors {
  private readonly kept = new Map<string, ControllerError>();
  private readonly counts = new Map<string, number>();
  private sum = 0;

  constructor(private readonly clock: { now(): number }) {}

  /** All that were ever recorded, also those no longer kept. */
  get total(): number {
    return this.sum;
  }

  record(controller: string, key: string, error: unknown): void {
    const message = error instanceof Error ? error.message : String(error);
    const id = `${controller} ${key} ${message}`;
    const count = (this.kept.get(id)?.count ?? 0) + 1;
    this.kept.delete(id);
    this.kept.set(id, {
      controller,
      key,
      message,
      at: this.clock.now(),
      count,
    });
    this.counts.set(controller, (this.counts.get(controller) ?? 0) + 1);
    this.sum += 1;
    const [oldest] = this.kept.keys();
    if (this.kept.size > MAX_ERRORS) this.kept.delete(oldest);
  }

  /** Latest last. */
  list(): readonly ControllerError[] {
    return [...this.kept.values()];
  }

  /** How many errors each controller had. */
  byController(): Readonly<Record<string, number>> {
    return Object.fromEntries(this.counts);
  }

  reset(): void {
    this.kept.clear();
    this.counts.clear();
    this.sum = 0;
  }
}
