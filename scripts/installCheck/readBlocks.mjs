// SPDX-License-Identifier: Apache-2.0
import { readFileSync } from 'node:fs';

const FENCE = /^```\w+ check=(\S+)\n([\s\S]*?)^```$/gm;

/** What the fenced blocks of a page that are marked `check=WHAT` say, in their order. */
export function readBlocks(file) {
  const text = readFileSync(file, 'utf8');
  return [...text.matchAll(FENCE)].map(([, what, body]) => ({ what, body }));
}
