// SPDX-License-Identifier: Apache-2.0
export * from './Verdict';
export * from './HealthCheck';
export * from './healthChecks';
export * from './createHealthContext';
export * from './deriveHealth';
export * from './rollUp';
export * from './custom';
export * from './CustomKinds';
