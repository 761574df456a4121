// SPDX-License-Identifier: Apache-2.0

/** Limits on streams that are open at once. */
type StreamSlotsLimits = {
  readonly perUser: number;
  readonly perProcess: number;
};

/** A refusal that is answered with 429. */
class TooManyStreamsError extends Error {
  readonly statusCode = 429;
  override readonly name = 'TooManyStreamsError';
}

/** Counts open streams, so that neither one user nor all together can exhaust the process. */
export class StreamSlots {
  private readonly byUser = new Map<string, number>();
  private total = 0;

  constructor(private readonly limits: StreamSlotsLimits) {}

  /** Takes a place; the answer gives it back, once. @throws TooManyStreamsError when there is none */
  acquire(user: string): () => void {
    const open = this.byUser.get(user) ?? 0;
    const { perUser, perProcess } = this.limits;
    if (open >= perUser) {
      throw new TooManyStreamsError(
        `You have ${open} streams open, which is the limit. Close a tab or a command that follows tenants.`,
      );
    }
    if (this.total >= perProcess) {
      throw new TooManyStreamsError(
        `This service serves ${this.total} streams, which is its limit. Try again in a moment.`,
      );
    }
    this.byUser.set(user, open + 1);
    this.total += 1;
    let held = true;
    return () => {
      if (held) this.release(user);
      held = false;
    };
  }

  private release(user: string): void {
    this.total -= 1;
    const left = (this.byUser.get(user) ?? 0) - 1;
    if (left > 0) this.byUser.set(user, left);
    else this.byUser.delete(user);
  }
}
