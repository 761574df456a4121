// SPDX-License-Identifier: Apache-2.0

/** Texts outside of our own pages: the card of the home page, hits of the search, entity pages. */
export const foundTexts = {
  home: {
    title: 'My tenants',
    all: 'All tenants',
    healthy_one: '{{count}} tenant, Healthy, as of {{time}}',
    healthy_other: '{{count}} tenants, all Healthy, as of {{time}}',
    more_one: '{{count}} more tenant',
    more_other: '{{count}} more tenants',
    none: 'No tenant is yours.',
    noneText: 'Ownership comes from the catalogue.',
    errorTitle: 'Your tenants could not be loaded.',
    forbidden: 'You may not list tenants.',
  },
  found: {
    runbook: 'Runbook',
    module: 'Module',
    tenant: 'Tenant',
    release: 'default {{release}}',
    indexed: 'when it was indexed',
  },
  entity: {
    moduleCard: 'Releases and who runs it',
    openModule: 'Open module',
    releases: 'Releases',
    runs: 'Who runs it',
    default: 'default',
    deprecated: 'deprecated',
    runsNowhere: 'None of the tenants you may see runs it.',
    more_one: '{{count}} more environment',
    more_other: '{{count}} more environments',
    moduleError: 'The module could not be loaded.',
    moduleForbidden: 'You may not see modules.',
    noDefinition: 'There is no definition of this module.',
  },
} as const;
