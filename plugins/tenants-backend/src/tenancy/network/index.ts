// SPDX-License-Identifier: Apache-2.0
export { deriveNetwork, MAX_NETWORK_WORKLOADS } from './deriveNetwork';
