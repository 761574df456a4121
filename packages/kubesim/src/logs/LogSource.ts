// SPDX-License-Identifier: Apache-2.0

/** One line as the kubelet keeps it. */
export type LogLine = { readonly at: number; readonly text: string };

/** One run of one container; a restart begins another. */
export type ContainerRun = {
  /** Oldest first; the oldest lines are dropped beyond the named bound. */
  readonly lines: readonly LogLine[];
  readonly ended: boolean;
  /** Calls back for each new line, and once with `undefined` when the run ends. Returns the way to stop. */
  follow(listener: (line: LogLine | undefined) => void): () => void;
};

/** Where the API’s `pods/log` reads from. */
export interface LogSource {
  /** `undefined` when that container has not started, or has no previous run. */
  run(
    pod: {
      readonly namespace: string;
      readonly name: string;
      readonly uid: string;
    },
    container: string,
    which: 'current' | 'previous',
  ): ContainerRun | undefined;
}
