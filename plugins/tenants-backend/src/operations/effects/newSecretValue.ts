// SPDX-License-Identifier: Apache-2.0
import { randomBytes } from 'node:crypto';

/** 24 random bytes as 32 letters, digits, `-` and `_`: fit for passwords in addresses and files. */
export function newSecretValue(): string {
  return randomBytes(24).toString('base64url');
}
