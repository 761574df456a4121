// SPDX-License-Identifier: Apache-2.0
import type { Condition } from '../Condition';

export type Limited =
  | 'DesiredWithinRange'
  | 'TooManyReplicas'
  | 'TooFewReplicas'
  | 'ScaleUpLimit'
  | 'ScaleDownLimit';

const LIMITS: Readonly<Record<Limited, string>> = {
  DesiredWithinRange: 'the desired count is within the acceptable range',
  TooManyReplicas:
    'the desired replica count is more than the maximum replica count',
  TooFewReplicas:
    'the desired replica count is less than the minimum replica count',
  ScaleUpLimit:
    'the desired replica count is increasing faster than the maximum scale rate',
  ScaleDownLimit:
    'the desired replica count is decreasing faster than the maximum scale rate',
};

export function scalingLimited(limited: Limited): Condition {
  return {
    type: 'ScalingLimited',
    status: limited === 'DesiredWithinRange' ? 'False' : 'True',
    reason: limited,
    message: LIMITS[limited],
  };
}

/** Whether metrics say how many; `problem` when they do not. */
export function scalingActive(
  given: { metric: string } | { reason: string; message: string },
): Condition {
  if ('metric' in given) {
    return {
      type: 'ScalingActive',
      status: 'True',
      reason: 'ValidMetricFound',
      message: `the HPA was able to successfully calculate a replica count from ${given.metric}`,
    };
  }
  return { type: 'ScalingActive', status: 'False', ...given };
}

export const SCALING_DISABLED = {
  reason: 'ScalingDisabled',
  message: 'scaling is disabled since the replica count of the target is zero',
};

type Ability =
  | { is: 'ready' }
  | { is: 'got' }
  | { is: 'stabilised'; way: 'up' | 'down' }
  | { is: 'rescaled'; to: number }
  | { is: 'lost'; message: string };

export function ableToScale(ability: Ability): Condition {
  const [reason, message] = abilityText(ability);
  return {
    type: 'AbleToScale',
    status: ability.is === 'lost' ? 'False' : 'True',
    reason,
    message,
  };
}

function abilityText(ability: Ability): [string, string] {
  switch (ability.is) {
    case 'ready':
      return ['ReadyForNewScale', 'recommended size matches current size'];
    case 'got':
      return [
        'SucceededGetScale',
        "the HPA controller was able to get the target's current scale",
      ];
    case 'stabilised':
      return ability.way === 'down'
        ? [
            'ScaleDownStabilized',
            'recent recommendations were higher than current one, applying the highest recent recommendation',
          ]
        : [
            'ScaleUpStabilized',
            'recent recommendations were lower than current one, applying the lowest recent recommendation',
          ];
    case 'rescaled':
      return [
        'SucceededRescale',
        `the HPA controller was able to update the target scale to ${ability.to}`,
      ];
    default:
      return [
        'FailedGetScale',
        `the HPA controller was unable to get the target's current scale: ${ability.message}`,
      ];
  }
}
