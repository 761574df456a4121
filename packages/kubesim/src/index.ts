// SPDX-License-Identifier: Apache-2.0
export { startKubesim, type KubesimOptions } from './startKubesim';
export type { Kubesim } from './Kubesim';
export { runCommand } from './control/runCommand';
export {
  ApiError,
  type Status,
  type StatusCause,
  type StatusDetails,
} from './storage/ApiError';
export type {
  KubeObject,
  Metadata,
  NewObject,
  ObjectChange,
  Objects,
  OwnerReference,
  PlacedObject,
  Where,
} from './storage/Objects';
export type { TokenAccess, TokenGrant } from './access/Authenticator';
export type { ClusterUser } from './Kubesim';
export type { RequestCounter } from './api/RequestCounter';
export {
  FAULT_KINDS,
  type ArmedFault,
  type FaultKind,
  type Faults,
  type FaultSpec,
} from './faults/Faults';
export type { HugeShape } from './faults/hugeObject';
export type { Behaviour, Life } from './scenario/Life';
export type { Load } from './metrics/Load';
export type {
  ControllerError,
  ControllerErrors,
} from './controllers/ControllerErrors';
export type { Clock, Random } from './time/Clock';
export { createLife } from './scenario/createLife';
export { parseScenario, ScenarioError } from './scenario/parseScenario';
export { readScenario } from './scenario/readScenario';
export type { Scenario } from './scenario/Scenario';
export { generateTenants, loadTenants } from './scenario/generateTenants';
export { createRandom } from './time/createRandom';
export { createRealClock } from './time/createRealClock';
export { createVirtualClock } from './time/createVirtualClock';
