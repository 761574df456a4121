// SPDX-License-Identifier: Apache-2.0
export { SECRET_KEY } from './checkSecrets';
export { explainImmutable } from './diff/explainImmutable';
export { diffObjects, type Diff, type DiffInput } from './diff/diffObjects';
export { FIELD_MANAGER } from './diff/ManagedFields';
export { isAmong } from './explainNotAllowed';
export { fitQuota, misfits } from './fitQuota';
export { PLAN_LIMITS } from './limits';
export type { ModuleAmounts } from './ModuleAmounts';
export { didYouMean } from './nearestName';
export { planModules, type PlannedModules } from './planModules';
export { refuseQuota } from './refuseQuota';
export { resolveModules, type Resolution } from './resolveModules';
export type { ResolveContext } from './ResolveContext';
export { targetSpecs, type TargetSpec, type TargetSpecs } from './targetSpecs';
