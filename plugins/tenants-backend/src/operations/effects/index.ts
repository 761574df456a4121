// SPDX-License-Identifier: Apache-2.0
export { createExecutors } from './createExecutors';
export {
  DEFAULT_EFFECT_SETTINGS,
  EFFECT_LIMITS,
  type EffectPorts,
  type EffectSettings,
  type LiveAddress,
  type LiveState,
  type LiveWorkload,
  type RevisionWriter,
} from './EffectPorts';
export { newSecretValue } from './newSecretValue';
export { WatchedLiveState } from './WatchedLiveState';
