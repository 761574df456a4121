// SPDX-License-Identifier: Apache-2.0
import type { Response } from 'express';

/** Aborts when the caller has gone before the answer. */
export function untilClosed(res: Response): AbortSignal {
  const closed = new AbortController();
  res.once('close', () => closed.abort());
  return closed.signal;
}
