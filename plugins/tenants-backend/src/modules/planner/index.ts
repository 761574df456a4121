// SPDX-License-Identifier: Apache-2.0
export {
  PLANNER_LIMITS,
  type PlannerPorts,
  type Rendering,
  type SecretNames,
} from './PlannerPorts';
export { TenantPlanner } from './TenantPlanner';
