// SPDX-License-Identifier: Apache-2.0
import type { Behaviour } from '../../scenario/Life';
import type { Where } from '../../storage/Objects';
import type { ControllerPorts } from '../ControllerPorts';

/** What the controllers of Flux and Argo CD work with. */
export type GitOpsPorts = ControllerPorts & {
  /** How the deployment of an object goes. */
  readonly fateOf: (resource: string, where: Where) => Behaviour;
};

/** Why a deployment fails; `undefined` when it does not. Any behaviour but healthy breaks it. */
export function failureOf(behaviour: Behaviour): string | undefined {
  if (behaviour.type === 'healthy') return undefined;
  if (behaviour.type === 'failing' && behaviour.message)
    return behaviour.message;
  return 'context deadline exceeded';
}
