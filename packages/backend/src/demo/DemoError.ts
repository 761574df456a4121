// SPDX-License-Identifier: Apache-2.0
/** Something the person at the terminal can put right. The message is the whole explanation, in one or two sentences. */
export class DemoError extends Error {
  override readonly name = 'DemoError';
}
