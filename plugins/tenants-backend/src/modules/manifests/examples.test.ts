// SPDX-License-Identifier: Apache-2.0
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Tier } from '@tenantry/backstage-plugin-tenants-common';
import {
  parseDefinitions,
  type CatalogueModule,
  type CatalogueRelease,
  type ModuleCatalogue,
} from '@tenantry/backstage-plugin-tenants-node/definitions';
import { completeParameters } from '../plan/completeParameters';
import { renderEnvironment } from './renderEnvironment';
import { resourcesOf } from './resources/resourcesOf';
import { environmentSpec, renderInput, SETTINGS } from './testing/renderInput';

const folder = join(__dirname, '../../../../../examples/module-definitions');

/** The examples as a source hands them in; the two platform files are two platforms. */
function catalogueOf(platform: string): ModuleCatalogue {
  const paths = readdirSync(folder, { recursive: true, encoding: 'utf8' });
  const files = paths
    .filter(path => path.includes('/') || path === platform)
    .filter(path => /\.(yaml|md)$/.test(path))
    .map(path => ({ path, text: readFileSync(join(folder, path), 'utf8') }));
  const { catalogue, problems } = parseDefinitions(files);
  if (catalogue) return catalogue;
  throw new Error(problems.map(({ message }) => message).join('\n'));
}

type Case = {
  readonly title: string;
  readonly tier: Tier;
  readonly definition: CatalogueModule;
  readonly release: CatalogueRelease;
};

function casesOf(platform: string): Case[] {
  const { modules, tiers } = catalogueOf(platform);
  return [...modules.values()]
    .filter(({ scope }) => scope === 'tenant')
    .flatMap(definition =>
      definition.releases.flatMap(release =>
        [...tiers.values()]
          .filter(tier => release.allowedTiers?.includes(tier.name) ?? true)
          .map(tier => ({
            title: `${definition.name} ${release.version} in ${tier.name}`,
            ...{ tier, definition, release },
          })),
      ),
    );
}

function render({ tier, definition, release }: Case) {
  const { parameters, refusals } = completeParameters({
    resolved: { module: definition, release },
    asked: {},
    environment: 'prod',
    tier: tier.name,
  });
  const module = { definition, release, parameters };
  const modules = [{ ...module, requiredBy: [], needs: [], wave: 0 }];
  const charts = { kind: 'flux', source: 'GitRepository/charts' } as const;
  const result = renderEnvironment(
    renderInput({
      modules,
      tier,
      spec: environmentSpec({ tier: tier.name }),
      secrets: new Set(release.secrets.map(({ name }) => name)),
      settings: { ...SETTINGS, charts },
    }),
  );
  const asks = resourcesOf(result.objects, modules).find(
    one => one.module === definition.name,
  );
  return { ...result, refusals: [...refusals, ...result.refusals], asks };
}

describe.each(['platform.yaml', 'spanda.yaml'])('a module of %s', platform => {
  it.each(casesOf(platform).map(one => [one.title, one] as const))(
    '%s can be had with its defaults',
    (_, one) => {
      const { objects, refusals, asks } = render(one);
      expect(refusals).toEqual([]);
      const own = objects.filter(({ module }) => module !== undefined);
      expect(own.length).toBeGreaterThan(0);
      expect(asks?.amounts.pods).toBeGreaterThan(0);
    },
  );
});
