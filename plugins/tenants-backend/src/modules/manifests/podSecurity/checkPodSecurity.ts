// SPDX-License-Identifier: Apache-2.0
import type { JsonObject } from '@tenantry/backstage-plugin-tenants-node/definitions';
import { BASELINE_CONTROLS } from './baselineControls';
import { viewPod } from './PodView';
import { RESTRICTED_CONTROLS } from './restrictedControls';

/** A control of the Pod Security Standards that a pod breaks. */
export type PodSecurityViolation = {
  /** As the standard calls it. */
  readonly control: string;
  readonly level: 'baseline' | 'restricted';
  /** Fields that break it, below the pod template. */
  readonly paths: readonly string[];
  readonly remedy: string;
};

/**
 * What a pod template breaks of a level of the Pod Security Standards, as the cluster's own admission would find it.
 *
 * @see https://kubernetes.io/docs/concepts/security/pod-security-standards/
 */
export function checkPodSecurity(
  template: JsonObject,
  level: 'baseline' | 'restricted',
): readonly PodSecurityViolation[] {
  const pod = viewPod(template);
  const controls =
    level === 'baseline'
      ? BASELINE_CONTROLS
      : [...BASELINE_CONTROLS, ...RESTRICTED_CONTROLS];
  return controls.flatMap(control => {
    const paths = control.violations(pod);
    const { name, remedy } = control;
    return paths.length > 0
      ? [{ control: name, level: control.level, paths, remedy }]
      : [];
  });
}
