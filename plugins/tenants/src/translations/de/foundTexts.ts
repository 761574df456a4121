// SPDX-License-Identifier: Apache-2.0

/** `texts/foundTexts` in German. */
export const foundTexts = {
  home: {
    title: 'Meine Tenants',
    all: 'Alle Tenants',
    healthy_one: '{{count}} Tenant, gesund, Stand {{time}}',
    healthy_other: '{{count}} Tenants, alle gesund, Stand {{time}}',
    more_one: '{{count}} weiterer Tenant',
    more_other: '{{count}} weitere Tenants',
    none: 'Kein Tenant gehört Ihnen.',
    noneText: 'Der Besitz kommt aus dem Katalog.',
    errorTitle: 'Ihre Tenants konnten nicht geladen werden.',
    forbidden: 'Sie dürfen die Tenants nicht auflisten.',
  },
  found: {
    runbook: 'Runbook',
    module: 'Modul',
    tenant: 'Tenant',
    release: 'Standard {{release}}',
    indexed: 'zur Zeit der Indizierung',
  },
  entity: {
    moduleCard: 'Releases und wo sie laufen',
    openModule: 'Modul öffnen',
    releases: 'Releases',
    runs: 'Wo es läuft',
    default: 'Standard',
    deprecated: 'abgekündigt',
    runsNowhere: 'In keinem der Tenants, die Sie sehen dürfen, läuft es.',
    more_one: '{{count}} weitere Umgebung',
    more_other: '{{count}} weitere Umgebungen',
    moduleError: 'Das Modul konnte nicht geladen werden.',
    moduleForbidden: 'Sie dürfen Module nicht sehen.',
    noDefinition: 'Für dieses Modul gibt es keine Definition.',
  },
};
