// SPDX-License-Identifier: Apache-2.0
import { LinePreparer } from '../LinePreparer';
import { LineSplitter } from '../LineSplitter';
import type { LogLine } from '../LogLine';
import { KnownSecrets } from '../masking/KnownSecrets';

/** Knows no values. */
export const nothingKnown = new KnownSecrets({
  key: new Uint8Array(),
  prints: [],
});

/** A line at so many milliseconds after the start of a year. */
export function timed(atMs: number, text: string): string {
  const iso = new Date(Date.UTC(2026, 0, 1) + atMs).toISOString();
  return `${iso.slice(0, -1)}000000Z ${text}`;
}

/** Lines as a container’s log gives them. */
export function toLogLines(
  text: string | Buffer,
  known = nothingKnown,
): LogLine[] {
  const preparer = new LinePreparer({ mask: known });
  const splitter = new LineSplitter();
  const raw = [...splitter.push(Buffer.from(text)), ...splitter.end()];
  return raw.map(line => preparer.prepare(line));
}

/** The same, with the bytes in pieces cut at these places. */
export function toLogLinesCut(
  bytes: Buffer,
  cuts: readonly number[],
  known = nothingKnown,
): LogLine[] {
  const preparer = new LinePreparer({ mask: known });
  const splitter = new LineSplitter();
  const points = [...cuts, bytes.length]
    .map(cut => Math.min(cut, bytes.length))
    .sort((a, b) => a - b);
  const raw = points.flatMap((end, i) =>
    splitter.push(bytes.subarray(i === 0 ? 0 : points[i - 1], end)),
  );
  return [...raw, ...splitter.end()].map(line => preparer.prepare(line));
}
