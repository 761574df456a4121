// SPDX-License-Identifier: Apache-2.0
export { idempotencyKey } from './idempotencyKey';
export * from './DetailsApi';
export * from './ModulesApi';
export * from './OperationsApi';
export * from './TenantsApi';
export * from './TenantsCallOptions';
export { TenantsClient } from './TenantsClient';
export type { TenantsClientOptions } from './TenantsHttp';
