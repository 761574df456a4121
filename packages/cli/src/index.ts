// SPDX-License-Identifier: Apache-2.0
/**
 * The Tenantry command line.
 *
 * @packageDocumentation
 */
export { runCommand, type CommandOutput } from './runCommand';
