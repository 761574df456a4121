// SPDX-License-Identifier: Apache-2.0

/** `texts/overviewTexts` in German. */
export const overviewTexts = {
  create: {
    action: 'Tenant anlegen',
    title: 'Einen anlegen',
    text: 'Wählen Sie eine Stufe und Module. Sie sehen den Plan, bevor etwas läuft.',
    noTemplates:
      'Die Vorlagen des Portals sind nicht installiert. Fragen Sie, wer es betreibt.',
    modules: 'Module',
    modulesLoaded_one: '{{count}} Definition geladen',
    modulesLoaded_other: '{{count}} Definitionen geladen',
  },
  last: {
    column: 'Letzte Operation',
    none: 'keine in letzter Zeit',
    noneWhy: 'Unter den neuesten Operationen des Portals ist keine.',
    state: '{{state}}, {{age}}',
  },
  before: {
    changed: 'Geändert',
    text: '{{title}} von {{who}} um {{time}}, {{wait}} bevor es begann.',
    textNow: '{{title}} von {{who}} um {{time}}, als es begann.',
    title: 'Was getan wurde',
    all: 'Alle Operationen',
    empty: 'Durch dieses Portal wurde noch nichts geändert.',
    by: 'von {{who}}',
    revision: 'Revision {{n}}',
  },
  running: {
    title: 'Im Gange',
    step: 'Schritt {{n}} von {{m}}: {{title}}',
    waitsFor: 'Wartet auf „{{title}}“.',
    more_one: '{{count}} weitere Operation',
    more_other: '{{count}} weitere Operationen',
    open: 'Öffnen',
  },
  ways: {
    title: 'Mitglieder und Links',
    members_one: '{{count}} Mitglied',
    members_other: '{{count}} Mitglieder',
    membersNone: 'Es sind keine Mitglieder bekannt.',
    entity: 'Im Katalog',
    module: 'Was es ist',
    definition: 'Definition',
    modules: 'Module',
    forms: 'Formulare',
    addModule: 'Ein Modul hinzufügen',
    changeTier: 'Die Stufe ändern',
    manageMembers: 'Mitglieder verwalten',
    decommission: 'Stilllegen',
    addToTenant: 'Zu einem Tenant hinzufügen',
    endpoints: 'Endpunkte',
  },
};
