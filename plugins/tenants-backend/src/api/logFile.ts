// SPDX-License-Identifier: Apache-2.0
import type { DownloadedFile } from './stream/ResponseSink';

/** The file a download of logs becomes. Names of tenants are letters, digits and dashes, but that is not for a header to rely on. */
export function logFile(
  tenant: string,
  format: 'text' | 'ndjson',
  now: number,
): DownloadedFile {
  const at = new Date(now).toISOString().slice(0, 19).replace(/[-:]/g, '');
  const safe = tenant.replace(/[^a-z0-9-]/g, '_').slice(0, 63);
  const isText = format === 'text';
  return {
    name: `${safe}-logs-${at}Z.${isText ? 'log' : 'ndjson'}`,
    contentType: isText
      ? 'text/plain; charset=utf-8'
      : 'application/x-ndjson; charset=utf-8',
  };
}
