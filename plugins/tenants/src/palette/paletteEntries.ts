// SPDX-License-Identifier: Apache-2.0
import {
  compareHealthByUrgency,
  type ModuleSummary,
  type TenantRow,
} from '@tenantry/backstage-plugin-tenants-common';
import type { TenantsLinks } from '../navigation';
import type { Action } from '../operations/Action';
import type { TemplateLink } from '../templates/useTemplateLinks';
import { TIME_FORMATS, type TimeFormat } from '../times/TimeFormat';
import type { Translate } from '../useText';
import type { PaletteEntry } from './PaletteEntry';

/** What entries are made of: only what the user was shown. */
export type PaletteFacts = {
  readonly t: Translate;
  readonly links: TenantsLinks;
  readonly tenants: readonly TenantRow[];
  readonly modules: readonly ModuleSummary[];
  /** Absent where the portal has no templates. */
  readonly template: TemplateLink | undefined;
  /** Whether the user may see the platform. */
  readonly mayPlatform: boolean;
  readonly mayCreate: boolean;
  /** How times are written now. */
  readonly times: TimeFormat;
};

function isQuiet({ health: { code } }: TenantRow): boolean {
  return code === 'Healthy' || code === 'Suspended';
}

/** Everything the palette can lead to. Pure. */
export function paletteEntries(facts: PaletteFacts): PaletteEntry[] {
  const { t, links, tenants } = facts;
  const sorted = [...tenants].sort(
    (a, b) =>
      compareHealthByUrgency(a.health.code, b.health.code) ||
      a.name.localeCompare(b.name),
  );
  return [
    ...sorted.map(row => tenantEntry(t, links, row)),
    ...pageEntries(facts),
    ...facts.modules.map(module => moduleEntry(t, links, module)),
    ...sorted.map(row => logsEntry(t, links, row)),
    ...createEntries(facts),
    ...timesEntries(facts),
    ...addEntries(facts),
  ];
}

function tenantEntry(
  t: Translate,
  links: TenantsLinks,
  row: TenantRow,
): PaletteEntry {
  const { name, health, owner, modules } = row;
  return {
    id: `tenant/${name}`,
    section: isQuiet(row) ? 'goTo' : 'attention',
    name,
    detail: isQuiet(row) ? undefined : health.message || health.reason,
    kind: t('palette.tenant'),
    health: health.code,
    keywords: [owner ?? '', health.reason, ...modules],
    href: links.tenant(name),
  };
}

function logsEntry(
  t: Translate,
  links: TenantsLinks,
  { name }: TenantRow,
): PaletteEntry {
  return {
    id: `logs/${name}`,
    section: 'goTo',
    name: t('palette.logsOf', { name }),
    kind: t('palette.logs'),
    keywords: [name],
    href: links.tenant(name, 'logs'),
  };
}

function moduleEntry(
  t: Translate,
  links: TenantsLinks,
  module: ModuleSummary,
): PaletteEntry {
  const { name, displayName, tenants, defaultRelease } = module;
  return {
    id: `module/${name}`,
    section: 'goTo',
    name: displayName,
    detail: t('palette.moduleDetail', {
      count: tenants,
      release: defaultRelease,
    }),
    kind: t('palette.module'),
    keywords: [name],
    href: links.module(name),
  };
}

function pageEntries({ t, links, mayPlatform }: PaletteFacts): PaletteEntry[] {
  const page = (id: string, name: string, href: string): PaletteEntry => ({
    id: `page/${id}`,
    section: 'goTo',
    name,
    kind: t('palette.page'),
    href,
  });
  return [
    page('tenants', t('nav.tenants'), links.list),
    page('modules', t('nav.modules'), links.modules),
    ...(mayPlatform
      ? [
          page('platform', t('nav.platform'), links.platform),
          page('operations', t('nav.operations'), links.operations),
        ]
      : []),
  ];
}

function createEntries(facts: PaletteFacts): PaletteEntry[] {
  const { t, template, mayCreate } = facts;
  if (!template || !mayCreate) return [];
  return [
    {
      id: 'template/create-tenant',
      section: 'do',
      name: t('palette.createTenant'),
      kind: t('palette.template'),
      href: template('create-tenant'),
    },
  ];
}

function addEntries({ t, template, modules }: PaletteFacts): PaletteEntry[] {
  if (!template) return [];
  return modules.map(({ name, displayName }) => ({
    id: `template/add/${name}`,
    section: 'do',
    name: t('palette.addModule', { module: displayName }),
    kind: t('palette.template'),
    keywords: [name],
    href: template('add-module', { modules: [{ name }] }),
  }));
}

/** The other ways to write times. */
function timesEntries({ t, times }: PaletteFacts): PaletteEntry[] {
  return TIME_FORMATS.filter(format => format !== times).map(format => ({
    id: `times/${format}`,
    section: 'do',
    name: t('palette.times', { format: t(`times.${format}`) }),
    detail: t(`times.${format}Example`),
    kind: t('palette.setting'),
    times: format,
  }));
}

/** What can be done with one tenant, each leading to its preview; those that are not offered are left out. Pure. */
export function actionEntries(
  t: Translate,
  row: TenantRow,
  offers: (action: Action) => boolean,
): PaletteEntry[] {
  const { name, health, environments } = row;
  const isAsleep = health.code === 'Suspended';
  const nap = isAsleep ? t('actions.wake') : t('actions.sleep');
  const ofTenant = (label: string, action: Action) => ({
    label,
    action,
    detail: name,
  });
  const actions = [
    ofTenant(nap, { type: isAsleep ? 'wake' : 'sleep' }),
    ofTenant(t('actions.addMember'), {
      type: 'add-member',
      environments: environments.map(e => e.name),
    }),
    ...environments.flatMap(({ name: environment }) => {
      const detail = t('palette.where', { tenant: name, environment });
      return [
        {
          label: t('actions.rollback'),
          action: { type: 'rollback' as const, environment },
          detail,
        },
        {
          label: t('actions.addModule'),
          action: { type: 'add-module' as const, environment },
          detail,
        },
      ];
    }),
    ofTenant(t('actions.delete'), { type: 'delete' }),
  ];
  return actions
    .filter(({ action }) => offers(action))
    .map(({ label, action, detail }) => ({
      id: `action/${action.type}/${detail}`,
      section: 'do',
      name: label,
      detail,
      kind: t('palette.preview'),
      keywords: [name],
      tenant: name,
      action,
    }));
}
