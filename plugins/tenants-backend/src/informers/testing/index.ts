// SPDX-License-Identifier: Apache-2.0
export * from './createFakeClusterView';
export * from './objectBuilders';
export * from './arrayLister';
