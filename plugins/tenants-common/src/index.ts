// SPDX-License-Identifier: Apache-2.0
/**
 * Words and wire contract of Tenantry: what the backend serves and the pages show.
 *
 * @packageDocumentation
 */
export * from './health';
export * from './freshness';
export * from './tenantName';
export * from './workload';
export * from './quota';
export * from './quantity';
export * from './moduleEndpoint';
export * from './tenant';
export * from './tenantList';
export * from './platform';
export * from './stream';
export * from './log';
export * from './logPosition';
export * from './logSearch';
export * from './permissions';
export type { RouteRule } from './RouteRule';
export * from './routes';
export * from './moduleRoutes';
export * from './operationRoutes';
export * from './detailRoutes';
export * from './allowedActions';
export * from './audit';
export * from './members';
export * from './usage';
export * from './tenantObject';
export * from './network';
export * from './moduleDefinition';
export * from './modules';
export * from './tenantSpec';
export * from './environmentChange';
export * from './changeSet';
export * from './plan';
export * from './secrets';
export * from './operation';
export * from './operationRequest';
export * from './revision';
export * from './mergePatch';
export * from './client';
