// SPDX-License-Identifier: Apache-2.0
export { applyLayer, inApplyOrder } from './applyOrder';
export * from './kinds';
export * from './quota';
export * from './RenderInput';
export * from './renderEnvironment';
export * from './validateOffline';
export { containerLimits } from './limitRange';
export { checkPodSecurity } from './podSecurity/checkPodSecurity';
export { workloadKey } from './replicas';
export { resourceNotes } from './resources/resourceNotes';
export { resourcesOf, type ModuleResources } from './resources/resourcesOf';
