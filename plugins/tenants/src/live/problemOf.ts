// SPDX-License-Identifier: Apache-2.0
import { ResponseError } from '@backstage/errors';
import { ZodError } from 'zod';
import type { Problem } from './Live';

/** Sorts what a request threw, so that a page can say it in its own words. */
export function problemOf(error: unknown): Problem {
  if (error instanceof ResponseError) {
    return { kind: 'http', status: error.statusCode };
  }
  if (error instanceof ZodError || error instanceof SyntaxError) {
    return { kind: 'contract' };
  }
  return { kind: 'network' };
}
