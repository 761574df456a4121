// SPDX-License-Identifier: Apache-2.0

/** The fields of the templates. */
export const templateTexts = {
  name: 'Name',
  nameTaken: 'There is a tenant {{name}} already. Choose another name.',
  nameFree: 'No tenant that you may see has this name.',
  cluster: 'Cluster',
  tier: 'Tier',
  tierNotForOwner: 'Not for {{owner}}.',
  environment: 'Environment',
  onCluster: '{{name}} on {{cluster}}',
  tenantFirst: 'Choose the tenant first.',
  openToAdopt: 'Open {{tenant}} to adopt it',
  chooseModules:
    'Tick modules to see what they would change and whether they fit.',
  searchModules: 'Search modules',
  categories: 'Categories',
  needs: 'Needs {{names}}.',
  release: 'Release',
  newestRelease: 'The newest that fits',
} as const;
