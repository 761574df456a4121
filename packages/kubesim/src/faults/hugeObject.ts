// SPDX-License-Identifier: Apache-2.0
import type { RequestInfo } from '../api/RequestInfo';

/** What is too much of an object: its bytes, its number of labels, or its depth. @public */
export const HUGE_SHAPES = ['long', 'wide', 'deep'] as const;

/** @public */
export type HugeShape = (typeof HUGE_SHAPES)[number];

const DEFAULT_BYTES = 50 * 1024 * 1024;
const LABELS = 100_000;
const DEPTH = 100_000;

/** The JSON of an object of the asked kind that is far larger than any real server would store. */
export function hugeObject(
  info: RequestInfo,
  { bytes = DEFAULT_BYTES, shape = 'long' }: HugeOptions = {},
): string {
  const { kind, apiVersion, namespaced } = info.kind;
  const metadata = {
    name: 'huge',
    ...(namespaced && { namespace: info.namespace ?? 'default' }),
    uid: '00000000-0000-4000-a000-000000000000',
    resourceVersion: '1',
    creationTimestamp: '2026-01-01T00:00:00Z',
    ...(shape === 'long' && {
      annotations: { 'kubesim/padding': 'x'.repeat(bytes) },
    }),
    ...(shape === 'wide' && { labels: manyLabels() }),
  };
  const text = JSON.stringify({ kind, apiVersion, metadata });
  if (shape !== 'deep') return text;
  // Written as text: what builds it need not be as deep.
  const nested = `${'['.repeat(DEPTH)}${']'.repeat(DEPTH)}`;
  return `${text.slice(0, -1)},"nested":${nested}}`;
}

type HugeOptions = { readonly bytes?: number; readonly shape?: HugeShape };

function manyLabels(): Record<string, string> {
  const entries = Array.from({ length: LABELS }, (_, i) => [
    `key-${i}`,
    String(i),
  ]);
  return Object.fromEntries(entries);
}
