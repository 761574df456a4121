// SPDX-License-Identifier: Apache-2.0
import { ResponseError } from '@backstage/errors';
import { ZodError } from 'zod';
import type { Problem } from './Live';

/** Sorts what a request threw, so that a page can say it in its own words. */
export function problemOf(error: unknown): Problem {
  if (error instanceof ResponseError) {
    const { statusCode: status, body } = error;
    // A body that is not of the portal is made up by the error class and says nothing; of a crash, the text is for its log.
    const isOurs = body.error.name !== 'Error' && status !== 500;
    const message = isOurs ? body.error.message : '';
    return { kind: 'http', status, ...(message && { message }) };
  }
  if (error instanceof ZodError || error instanceof SyntaxError) {
    return { kind: 'contract' };
  }
  return { kind: 'network' };
}
