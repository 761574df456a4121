// SPDX-License-Identifier: Apache-2.0

/** The cluster’s own, and ours. Policy engines often leave such names out of their rules. */
const RESERVED = /^(kube-.*|openshift-.*|tenantry-.*|default)$/;

/** The namespace we create for an environment. Never parsed back: labels say what a namespace belongs to. */
export function namespaceName(tenant: string, environment: string): string {
  return `${tenant}-${environment}`;
}

/** Whether a namespace is no tenant’s to have: `kube-system`, and what the tenant `kube` would call its environment `system`. */
export function isReservedNamespace(name: string): boolean {
  return RESERVED.test(name);
}
