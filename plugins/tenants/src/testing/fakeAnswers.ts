// SPDX-License-Identifier: Apache-2.0
import { ResponseError } from '@backstage/errors';

/** Waits until the reader leaves. */
export function untilAborted(signal: AbortSignal): Promise<void> {
  return new Promise(resolve => {
    if (signal.aborted) resolve();
    else signal.addEventListener('abort', () => resolve(), { once: true });
  });
}

/** An answer of the portal that refuses, as the client throws it. */
export function refusal(
  status: number,
  message: string,
): Promise<ResponseError> {
  const body = {
    error: { name: 'RefusedError', message },
    response: { statusCode: status },
  };
  return ResponseError.fromResponse(Response.json(body, { status }));
}

/** The portal is not there yet. */
export function unavailable(): Promise<ResponseError> {
  return refusal(503, 'The service starts.');
}

/** One page of a list. */
export function cut<T>(items: readonly T[], start: number, limit: number) {
  const end = start + limit;
  return {
    items: items.slice(start, end),
    ...(end < items.length ? { nextCursor: String(end) } : {}),
  };
}
