// SPDX-License-Identifier: Apache-2.0

/** The namespace we create for an environment. Never parsed back: labels say what a namespace belongs to. */
export function namespaceName(tenant: string, environment: string): string {
  return `${tenant}-${environment}`;
}
