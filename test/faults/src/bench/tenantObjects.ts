// SPDX-License-Identifier: Apache-2.0
import type { NewObject, Objects } from '@tenantry/kubesim';

/** The tenants of every bench; each has one namespace, one owner, and sees nothing of the other. */
export const TENANTS = ['shop', 'bank'] as const;
export type TenantName = (typeof TENANTS)[number];
export const PODS_AT_START = 10;
const changedAtOnce = 5;

/** The user who owns a tenant. */
export function userOwning(tenant: string): string {
  return `user:default/owner-of-${tenant}`;
}

/** The namespace of a tenant. */
export function namespaceOf(tenant: TenantName): string {
  return `${tenant}-prod`;
}

function tenantNamespace(tenant: TenantName): NewObject {
  return {
    apiVersion: 'v1',
    kind: 'Namespace',
    metadata: {
      name: namespaceOf(tenant),
      labels: {
        'tenantry.dev/tenant': tenant,
        'tenantry.dev/environment': 'prod',
      },
      annotations: { 'tenantry.dev/owner': userOwning(tenant) },
    },
  };
}

/** A pod that nothing brings to life; its name says whose it is. */
export function podNamed(
  tenant: TenantName,
  name: string,
  round = 0,
): NewObject {
  return {
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: {
      namespace: namespaceOf(tenant),
      name: `${tenant}-${name}`,
      labels: {
        round: String(round),
        'tenantry.dev/module': `${tenant}-m${round % 3}`,
      },
    },
    spec: { containers: [{ name: 'main', image: 'registry.example/app:1' }] },
  };
}

/** Both tenants with their pods. */
export function putTenants(objects: Objects): void {
  for (const tenant of TENANTS) {
    objects.create('namespaces', tenantNamespace(tenant));
    for (let i = 0; i < PODS_AT_START; i++)
      objects.create('pods', podNamed(tenant, `pod-${i}`));
  }
}

/** Changes the first pods of a tenant, so that readers see it. */
export function changePods(
  objects: Objects,
  tenant: TenantName,
  round: number,
): void {
  const namespace = namespaceOf(tenant);
  for (let i = 0; i < changedAtOnce; i++) {
    const name = `${tenant}-pod-${i}`;
    objects.modify('pods', { namespace, name }, draft => {
      const { labels } = podNamed(tenant, name, round).metadata;
      draft.metadata.labels = { ...labels };
    });
  }
}

/** Creates, changes and deletes pods of both tenants, a few of each. */
export function churn(objects: Objects, round: number): void {
  for (const tenant of TENANTS) {
    const namespace = namespaceOf(tenant);
    for (let i = 0; i < changedAtOnce; i++)
      objects.create('pods', podNamed(tenant, `new-${round}-${i}`, round));
    changePods(objects, tenant, round);
    const where = { namespace, name: `${tenant}-new-${round - 1}-0` };
    objects.delete('pods', where, { gracePeriodSeconds: 0 });
  }
}
