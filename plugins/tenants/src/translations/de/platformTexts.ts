// SPDX-License-Identifier: Apache-2.0

/** `texts/platformTexts` in German. */
export const platformTexts = {
  trouble: {
    title: 'Tenants mit Problemen',
    none: 'Jeder Tenant ist gesund oder schläft.',
    more_one: '{{count}} weiterer Tenant',
    more_other: '{{count}} weitere Tenants',
  },
  room: {
    title: 'Kapazität nach Stufe',
    tier: 'Stufe',
    each: 'Je Umgebung',
    tenants: 'Tenants',
    cpu: 'CPU-Requests',
    memory: 'Speicher-Requests',
    noTier: 'keine Stufe',
    known: 'Von {{known}} von {{all}} Tenants ist die Quota bekannt.',
    empty: 'Es gibt keine Stufe und keinen Tenant.',
    amounts: '{{cpu}} CPU, {{memory}} Speicher',
  },
  inFlight: {
    title: 'Operationen',
    summary: '{{running}} im Gange, {{failed}} fehlgeschlagen',
    all: 'Alle',
    none: 'Nichts ist im Gange, und in letzter Zeit schlug nichts fehl.',
    in: '{{tenant}}, {{environments}}',
  },
  adoption: {
    title: 'Verbreitung der Module',
    module: 'Modul',
    tenants: 'Tenants',
    release: 'Standard-Release',
    behind: 'Dahinter zurück',
    behindNone: 'keine',
    share: '{{module}} läuft in {{n}} von {{all}} Tenants',
    empty: 'Keine Moduldefinitionen.',
    more: 'Alle Module',
  },
  definitions: {
    title: 'Moduldefinitionen',
    loaded: 'Geladen',
    loading: 'Wird geladen',
    stale: 'Abgelehnt, die letzten guten bleiben',
    failed: 'Fehlgeschlagen',
    noErrors: 'keine Fehler',
    errors_one: '{{count}} Fehler',
    errors_other: '{{count}} Fehler',
    empty:
      'Keine Moduldefinitionen. Setzen Sie tenants.modules auf eine Datei oder eine URL.',
  },
};
