// SPDX-License-Identifier: Apache-2.0
import type { HitRange } from '../search/LogMatcher';
import type { LogColumns } from './LogColumns';
import { parseChunk, type LogPart } from './parseChunk';
import {
  markTexts,
  searchChunk,
  type MarkJob,
  type SearchJob,
} from './searchChunk';

/** The work on many lines: done in a worker, or in place where there are none. Answers come in the order of the calls. */
export interface LogWork {
  parse(parts: readonly LogPart[]): Promise<LogColumns>;
  /** @throws LogWorkTimeoutError when it takes too long; what was asked before and after is still answered */
  search(job: SearchJob): Promise<Uint32Array>;
  /** @throws LogWorkTimeoutError */
  mark(job: MarkJob): Promise<HitRange[][]>;
  /** Ends it. What is asked afterwards is never answered. */
  close(): void;
}

/** A pattern that needs so long for so few lines would never end. */
export class LogWorkTimeoutError extends Error {
  constructor() {
    super('The search took too long and was ended.');
    this.name = 'LogWorkTimeoutError';
  }
}

/** What is asked of a worker. */
export type WorkRequest =
  | { readonly kind: 'parse'; readonly job: readonly LogPart[] }
  | { readonly kind: 'search'; readonly job: SearchJob }
  | { readonly kind: 'mark'; readonly job: MarkJob };

/** What a worker answers, to the oldest question. */
export type WorkAnswer = LogColumns | Uint32Array | HitRange[][];

/** Does the work at once, on this thread. */
export const inlineLogWork: LogWork = {
  parse: async parts => parseChunk(parts),
  search: async job => searchChunk(job),
  mark: async job => markTexts(job),
  close() {},
};
