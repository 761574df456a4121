// SPDX-License-Identifier: Apache-2.0
import { columnBuffers } from './LogColumns';
import type { WorkAnswer, WorkRequest } from './LogWork';
import { parseChunk } from './parseChunk';
import { markTexts, searchChunk } from './searchChunk';

/** An answer and the memory in it that is handed over. */
export type Answered = {
  readonly answer: WorkAnswer;
  readonly transfer: ArrayBuffer[];
};

/** Does one piece of work. Pure. */
export function answerWork(request: WorkRequest): Answered {
  switch (request.kind) {
    case 'parse': {
      const answer = parseChunk(request.job);
      return { answer, transfer: columnBuffers(answer) };
    }
    case 'search':
      return { answer: searchChunk(request.job), transfer: [] };
    case 'mark':
      return { answer: markTexts(request.job), transfer: [] };
    default:
      return request satisfies never;
  }
}
