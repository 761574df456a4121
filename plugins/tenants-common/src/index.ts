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
export * from './tenant';
export * from './tenantList';
export * from './platform';
export * from './stream';
export * from './log';
export * from './permissions';
export * from './routes';
export * from './allowedActions';
export * from './audit';
export * from './members';
export * from './mergePatch';
export * from './client';
