// SPDX-License-Identifier: Apache-2.0
import type { ResourceType } from '../kube/resourceType';

/** The kind the contract suite writes and reads. */
export const configMaps: ResourceType = {
  group: '',
  version: 'v1',
  resource: 'configmaps',
  kind: 'ConfigMap',
  namespaced: true,
};

/** One that no server has. */
export const unknownKind: ResourceType = {
  group: 'nothing.example.com',
  version: 'v1',
  resource: 'nothings',
  kind: 'Nothing',
  namespaced: true,
};
