// SPDX-License-Identifier: Apache-2.0
import type { LogSearch } from '@tenantry/backstage-plugin-tenants-common';
import { plainText } from '../logText';
import { LogMatcher, type HitRange } from '../search/LogMatcher';
import { LINE_FLAG } from './LogColumns';

/** Rows to look through: the columns that a search needs. */
export type SearchJob = {
  readonly search: LogSearch;
  readonly bytes: Uint8Array;
  readonly starts: Uint32Array;
  readonly lengths: Uint16Array;
  readonly flags: Uint16Array;
};

/** Texts in which the hits are to be marked. */
export type MarkJob = {
  readonly search: LogSearch;
  readonly texts: readonly string[];
};

const decoder = new TextDecoder();

/** Lines of a block are cut out of one text where every character is one byte. */
function textReader(job: SearchJob): (row: number) => string {
  const whole = decoder.decode(job.bytes);
  const { starts, lengths, bytes } = job;
  return whole.length === bytes.length
    ? row => whole.slice(starts[row], starts[row] + lengths[row])
    : row =>
        decoder.decode(bytes.subarray(starts[row], starts[row] + lengths[row]));
}

/** The places of the rows that match, in order. Pure. */
export function searchChunk(job: SearchJob): Uint32Array {
  const matcher = new LogMatcher(job.search);
  const read = textReader(job);
  const found: number[] = [];
  for (let row = 0; row < job.starts.length; row++) {
    const flags = job.flags[row];
    if (flags & LINE_FLAG.break) continue;
    const text = flags & LINE_FLAG.escapes ? plainText(read(row)) : read(row);
    if (matcher.matches(text)) found.push(row);
  }
  return Uint32Array.from(found);
}

/** Where the hits are in each text. Pure. */
export function markTexts(job: MarkJob): HitRange[][] {
  const matcher = new LogMatcher(job.search);
  return job.texts.map(text => matcher.ranges(text));
}
