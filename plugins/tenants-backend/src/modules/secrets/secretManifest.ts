// SPDX-License-Identifier: Apache-2.0
import type { KubeManifest } from '@tenantry/backstage-plugin-tenants-node';
import { SECRET_KEY } from '../plan';

/** What a Secret says of itself, after the prefix of our labels. */
export const SECRET_ANNOTATIONS = {
  updatedAt: 'updated-at',
  updatedBy: 'updated-by',
  generated: 'generated',
} as const;

type SecretInput = {
  readonly tenant: string;
  readonly environment: string;
  readonly namespace: string;
  readonly name: string;
  readonly value: string;
  readonly by: string;
};

/** A Secret as it is written. It is no member of an ApplySet, so nothing ever prunes it. */
export function secretManifest(
  { tenant, environment, namespace, name, value, by }: SecretInput,
  { prefix, at }: { readonly prefix: string; readonly at: string },
): KubeManifest {
  return {
    apiVersion: 'v1',
    kind: 'Secret',
    metadata: {
      name,
      namespace,
      labels: {
        'app.kubernetes.io/managed-by': 'tenantry',
        [`${prefix}/tenant`]: tenant,
        [`${prefix}/environment`]: environment,
      },
      annotations: {
        [`${prefix}/${SECRET_ANNOTATIONS.updatedAt}`]: at,
        [`${prefix}/${SECRET_ANNOTATIONS.updatedBy}`]: by,
        [`${prefix}/${SECRET_ANNOTATIONS.generated}`]: 'false',
      },
    },
    type: 'Opaque',
    data: { [SECRET_KEY]: Buffer.from(value, 'utf8').toString('base64') },
  };
}
