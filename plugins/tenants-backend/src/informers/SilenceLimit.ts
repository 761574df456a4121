// SPDX-License-Identifier: Apache-2.0
import type { Clock } from '../time/Clock';

/** A server that sends nothing for so long may have nothing to say. */
const maxSilenceMs = 5_000;
/** It does not when it answers something else and is still silent so long after. */
const afterAnswerMs = 1_000;

export type SilenceLimitOptions = {
  readonly clock: Clock;
  /** Grows with what the server sends. */
  readonly heard: () => number;
  /** Whether the server answers another call. May take as long as the server does. */
  readonly answers: () => Promise<boolean>;
  readonly onSilence: () => void;
};

/**
 * Tells when a server that should send something sends nothing although it answers. One that is busy, such as with gigabytes
 * for another watch, is silent on all of them, and that says nothing.
 */
export class SilenceLimit {
  private cancel: () => void = () => undefined;
  private stopped = false;

  constructor(private readonly options: SilenceLimitOptions) {
    this.wait(maxSilenceMs, () => this.ask());
  }

  stop(): void {
    this.stopped = true;
    this.cancel();
  }

  private wait(ms: number, onSilence: () => void): void {
    const { clock, heard } = this.options;
    const heardBefore = heard();
    this.cancel = clock.after(ms, () => {
      if (heard() === heardBefore) onSilence();
      else this.wait(maxSilenceMs, () => this.ask());
    });
  }

  private ask(): void {
    this.options.answers().then(
      answered => this.asked(answered),
      () => this.asked(false),
    );
  }

  private asked(answered: boolean): void {
    if (this.stopped) return;
    if (answered) this.wait(afterAnswerMs, this.options.onSilence);
    else this.wait(maxSilenceMs, () => this.ask());
  }
}
