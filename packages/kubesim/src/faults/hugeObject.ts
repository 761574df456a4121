// SPDX-License-Identifier: Apache-2.0
import type { RequestInfo } from '../api/RequestInfo';

const DEFAULT_BYTES = 50 * 1024 * 1024;

/** The JSON of an object of the asked kind that is far larger than any real server would store. */
export function hugeObject(info: RequestInfo, bytes = DEFAULT_BYTES): string {
  const { kind, apiVersion, namespaced } = info.kind;
  const metadata = {
    name: 'huge',
    ...(namespaced && { namespace: info.namespace ?? 'default' }),
    uid: '00000000-0000-4000-a000-000000000000',
    resourceVersion: '1',
    creationTimestamp: '2026-01-01T00:00:00Z',
    annotations: { 'kubesim/padding': 'x'.repeat(bytes) },
  };
  return JSON.stringify({ kind, apiVersion, metadata });
}
