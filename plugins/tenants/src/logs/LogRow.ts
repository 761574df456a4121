// SPDX-License-Identifier: Apache-2.0
import type {
  LogExit,
  LogSource,
} from '@tenantry/backstage-plugin-tenants-common';
import type { LineNote } from './work/LogColumns';

/** How loud a line is, where it says so itself. */
export type LogLevel = 'error' | 'warn' | 'info' | 'debug';

/** A line as it was read. */
export type LogLine = {
  readonly kind: 'line';
  /** Milliseconds since the epoch; NaN when the line had no time. */
  readonly at: number;
  readonly source: LogSource;
  /** As it was written, escape sequences included. */
  readonly text: string;
  readonly level: LogLevel | undefined;
  /** Bits of `LINE_FLAG`. */
  readonly flags: number;
  /** What is known beyond it, of few lines. */
  readonly note?: LineNote;
};

/** The portal's reason when a container's log was read to its end and nothing failed. */
export const LOG_ENDED = 'Ended';

/** A break in the stream: a row of its own between lines. */
export type LogBreak =
  | {
      readonly kind: 'sourceEnded';
      readonly source: LogSource;
      readonly reason: string;
      readonly message: string;
      /** How the container ended, where the portal knew by then. */
      readonly exit?: LogExit;
    }
  | {
      readonly kind: 'gap';
      readonly from: string;
      readonly to: string;
      readonly reason: string;
      /** Absent: of all containers. */
      readonly source?: LogSource;
    }
  /** `lossless` when the portal went on exactly behind what was read. */
  | { readonly kind: 'reconnected'; readonly lossless?: boolean }
  | { readonly kind: 'joined'; readonly source: LogSource }
  | {
      readonly kind: 'slowed';
      readonly bytesPerSecond: number;
      readonly linesPerSecond: number;
    }
  | {
      readonly kind: 'leftOut';
      readonly pods: readonly string[];
      readonly total: number;
    };

/** What the log view draws. */
export type LogRow = LogLine | LogBreak;
