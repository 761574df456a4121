// SPDX-License-Identifier: Apache-2.0
export * from './containerLife';
export * from './createFakeClusterView';
export * from './objectBuilders';
export * from './arrayLister';
