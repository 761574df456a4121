// SPDX-License-Identifier: Apache-2.0
import type { KubeManifest } from '@tenantry/backstage-plugin-tenants-node';
import { environmentLabels } from './objectLabels';
import type { RenderInput } from './RenderInput';

const LEVELS = ['enforce', 'audit', 'warn'];

/**
 * The environment's namespace: whose it is, and the Pod Security level the cluster enforces in it.
 *
 * @see https://kubernetes.io/docs/concepts/security/pod-security-admission/
 */
export function renderNamespace(input: RenderInput): KubeManifest {
  const { prefix } = input.settings.labels;
  const { owner } = input.tenant;
  return {
    apiVersion: 'v1',
    kind: 'Namespace',
    metadata: {
      name: input.namespace,
      labels: {
        ...environmentLabels(input),
        [`${prefix}/tier`]: input.spec.tier,
        ...podSecurityLabels(input),
      },
      ...(owner && { annotations: { [`${prefix}/owner`]: owner } }),
    },
  };
}

/** What stricter than `restricted` does not exist, so audit and warn are always that; enforce is what is configured. */
function podSecurityLabels(input: RenderInput): Record<string, string> {
  return Object.fromEntries(
    LEVELS.flatMap(level => {
      const label = `pod-security.kubernetes.io/${level}`;
      const value =
        level === 'enforce' ? input.settings.podSecurity : 'restricted';
      return [
        [label, value],
        [`${label}-version`, 'latest'],
      ];
    }),
  );
}
