// SPDX-License-Identifier: Apache-2.0
const TENANT_NAME = /^[a-z0-9]([-a-z0-9]*[a-z0-9])?$/;
const MAX_LENGTH = 40;
const RESERVED = new Set([
  'system',
  'default',
  '__proto__',
  'constructor',
  'prototype',
]);
const RESERVED_PREFIXES = ['kube-', 'openshift-', 'tenantry-'];

/**
 * Says why a name cannot be a tenant's, or `undefined` when it can: an RFC 1123 label of at most 40 characters that is not reserved.
 *
 * @public
 */
export function explainInvalidTenantName(name: string): string | undefined {
  if (RESERVED.has(name) || RESERVED_PREFIXES.some(p => name.startsWith(p))) {
    return `The name ${JSON.stringify(
      name,
    )} is reserved; choose another tenant name.`;
  }
  if (name.length > MAX_LENGTH || !TENANT_NAME.test(name)) {
    return `${JSON.stringify(
      name.slice(0, 80),
    )} is not a tenant name: use at most ${MAX_LENGTH} lower-case letters, digits and dashes, starting and ending with a letter or digit.`;
  }
  return undefined;
}

/**
 * Whether a name can be a tenant's.
 *
 * @public
 */
export function isTenantName(name: string): boolean {
  return explainInvalidTenantName(name) === undefined;
}
