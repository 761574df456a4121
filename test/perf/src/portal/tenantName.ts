// SPDX-License-Identifier: Apache-2.0

/** The name of a generated tenant. Its one namespace is `<name>-prod`. */
export function tenantName(index: number): string {
  return `tenant-${String(index).padStart(5, '0')}`;
}
