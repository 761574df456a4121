// SPDX-License-Identifier: Apache-2.0

/** Texts of the tenants list, the overview of a tenant, and the ways to the templates. */
export const overviewTexts = {
  create: {
    action: 'Create tenant',
    title: 'Create one',
    text: 'Pick a tier and modules. You see the plan before anything runs.',
    noTemplates:
      'The templates of the portal are not installed. Ask those who run it.',
    modules: 'Modules',
    modulesLoaded_one: '{{count}} definition loaded',
    modulesLoaded_other: '{{count}} definitions loaded',
  },
  last: {
    column: 'Last operation',
    none: 'none lately',
    noneWhy: 'There is none among the newest operations of the portal.',
    state: '{{state}}, {{age}}',
  },
  before: {
    changed: 'Changed',
    text: '{{title}} by {{who}} at {{time}}, {{wait}} before it began.',
    textNow: '{{title}} by {{who}} at {{time}}, as it began.',
    title: 'What was done',
    all: 'All operations',
    empty: 'Nothing was changed through this portal yet.',
    by: 'by {{who}}',
    revision: 'revision {{n}}',
  },
  running: {
    title: 'In progress',
    step: 'Step {{n}} of {{m}}: {{title}}',
    waitsFor: 'Waits for “{{title}}”.',
    more_one: '{{count}} more operation',
    more_other: '{{count}} more operations',
    open: 'Open',
  },
  ways: {
    title: 'Members and links',
    members_one: '{{count}} member',
    members_other: '{{count}} members',
    membersNone: 'No members are known.',
    entity: 'In the catalogue',
    module: 'What it is',
    definition: 'Definition',
    modules: 'Modules',
    forms: 'Forms',
    addModule: 'Add a module',
    changeTier: 'Change the tier',
    manageMembers: 'Manage members',
    decommission: 'Decommission',
    addToTenant: 'Add to a tenant',
    endpoints: 'Endpoints',
  },
} as const;
