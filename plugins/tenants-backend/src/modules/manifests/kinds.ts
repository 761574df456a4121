// SPDX-License-Identifier: Apache-2.0
import { TENANT_KINDS } from '@tenantry/backstage-plugin-tenants-node/definitions';
import type { RenderSettings } from './RenderInput';

/** `apiVersion/Kind`. */
export function kindKey(apiVersion: string, kind: string): string {
  return `${apiVersion}/${kind}`;
}

/** Kinds a module of a tenant may have here: of a namespace, and nothing that bounds the environment. */
export function allowedKinds(settings: RenderSettings): ReadonlySet<string> {
  return new Set([...TENANT_KINDS, ...(settings.allowedKinds ?? [])]);
}
