// SPDX-License-Identifier: Apache-2.0
export { MetricsReader } from './MetricsReader';
export { readUsage } from './readUsage';
