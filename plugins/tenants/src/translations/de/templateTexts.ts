// SPDX-License-Identifier: Apache-2.0

/** `texts/templateTexts` in German. */
export const templateTexts = {
  name: 'Name',
  nameTaken:
    'Es gibt schon einen Tenant {{name}}. Wählen Sie einen anderen Namen.',
  nameFree: 'Kein Tenant, den Sie sehen dürfen, heißt so.',
  cluster: 'Cluster',
  tier: 'Stufe',
  tierNotForOwner: 'Nicht für {{owner}}.',
  environment: 'Umgebung',
  onCluster: '{{name}} auf {{cluster}}',
  tenantFirst: 'Wählen Sie zuerst den Tenant.',
  openToAdopt: '{{tenant}} öffnen, um ihn zu übernehmen',
  chooseModules:
    'Haken Sie Module an, um zu sehen, was sie ändern würden und ob sie passen.',
  categories: 'Kategorien',
  searchModules: 'Module suchen',
  needs: 'Braucht {{names}}.',
  release: 'Release',
  newestRelease: 'Das neueste, das passt',
};
