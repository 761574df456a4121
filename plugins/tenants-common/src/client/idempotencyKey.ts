// SPDX-License-Identifier: Apache-2.0

/** A key nobody else has. Made without `randomUUID`, which a portal served without TLS does not have. @public */
export function idempotencyKey(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  return [...bytes].map(byte => byte.toString(16).padStart(2, '0')).join('');
}
