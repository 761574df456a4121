// SPDX-License-Identifier: Apache-2.0
import { once } from 'node:events';
import type { ServerResponse } from 'node:http';
import type { Kind } from '../kinds/Kind';
import { listJson, listPieces, type Page } from './ListReader';
import { sendText } from './respond';

/** Lists longer than this are sent piece by piece, as the socket takes them. */
const MAX_WHOLE = 200;

/** Answers with a list. */
export async function sendList(
  response: ServerResponse,
  kind: Kind,
  page: Page,
): Promise<void> {
  if (page.revisions.length <= MAX_WHOLE) {
    sendText(response, { code: 200, text: listJson(kind, page) });
    return;
  }
  response.writeHead(200, {
    'Content-Type': 'application/json',
    'Cache-Control': 'no-cache, private',
  });
  const gone = new AbortController();
  response.once('close', () => gone.abort());
  for (const piece of listPieces(kind, page)) {
    if (response.destroyed) return;
    if (!response.write(piece)) await drained(response, gone.signal);
  }
  response.end();
}

/** Resolves when the socket takes more, or never will. */
async function drained(
  response: ServerResponse,
  signal: AbortSignal,
): Promise<void> {
  try {
    await once(response, 'drain', { signal });
  } catch (error) {
    if (!signal.aborted) throw error;
  }
}
