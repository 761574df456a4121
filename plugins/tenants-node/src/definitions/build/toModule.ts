// SPDX-License-Identifier: Apache-2.0
import type { ModuleScope } from '@tenantry/backstage-plugin-tenants-common';
import semver from 'semver';
import { isRunbookPath } from '../files/definitionReferences';
import type { FileSet } from '../files/FileSet';
import { resolveReference } from '../files/resolveReference';
import type { CatalogueModule } from '../ModuleCatalogue';
import { problemAt, within, type Place, type Say } from '../Place';
import { RELEASE_KEYS, type ModuleSource } from '../schema/moduleSchema';
import type { AnyRelease } from './toContent';
import type { Draft } from './Drafts';
import { toRelease } from './toRelease';

/** Of a module that names no version, as in the older files. */
const DEFAULT_VERSION = '1.0.0';

type Options = {
  readonly files: FileSet;
  readonly say: Say;
  readonly allowedKinds: readonly string[];
};

/** A release as it was written, and where. */
export type PlacedRelease = {
  readonly source: AnyRelease;
  readonly place: Place;
};

/** A module as the catalogue holds it, with its releases highest first. */
export function toModule(
  draft: Draft<ModuleSource>,
  options: Options,
): CatalogueModule {
  const { name, source } = draft;
  const { description, category, owner } = source;
  checkName(draft, options.say);
  const scope = scopeOf(draft, options.say);
  const runbook = runbookOf(draft, options);
  const releases = releasesOf(draft, options.say).map(release =>
    toRelease(release.source, release.place, { ...options, scope }),
  );
  return {
    name,
    displayName: source.displayName ?? source.display_name ?? name,
    ...(description === undefined ? {} : { description }),
    ...(category === undefined ? {} : { category }),
    ...(owner === undefined ? {} : { owner }),
    scope,
    lifecycle: source.lifecycle ?? 'production',
    links: source.links ?? [],
    ...(runbook === undefined ? {} : { runbook }),
    releases: releases.sort((a, b) => semver.rcompare(a.version, b.version)),
  };
}

/** The releases of a module as they were written. One without `releases` is one itself. */
export function releasesOf(
  { source, place }: Draft<ModuleSource>,
  say: Say = () => {},
): PlacedRelease[] {
  const { releases } = source;
  if (!releases) {
    return [{ source: { ...releaseOf(source) }, place }];
  }
  for (const key of RELEASE_KEYS.filter(each => Object.hasOwn(source, each))) {
    const words = {
      rule: 'misplaced-key',
      message: `"${key}" stands beside "releases".`,
      remedy: 'Move it into a release.',
    };
    say(problemAt(within(place, key), words));
  }
  const first = new Map<string, number>();
  return releases.flatMap((release, index) => {
    const at = within(place, 'releases', index);
    if (!first.has(release.version)) {
      first.set(release.version, index);
      return [{ source: release, place: at }];
    }
    const words = {
      rule: 'defined-twice',
      message: `The release ${release.version} stands there twice.`,
      remedy: 'Give one of them another version.',
    };
    say(problemAt(within(at, 'version'), words));
    return [];
  });
}

function releaseOf(source: ModuleSource): AnyRelease {
  const {
    name: _name,
    displayName: _displayName,
    display_name: _display,
    description: _description,
    category: _category,
    owner: _owner,
    scope: _scope,
    lifecycle: _lifecycle,
    links: _links,
    runbook: _runbook,
    releases: _releases,
    version = DEFAULT_VERSION,
    ...release
  } = source;
  return { version, ...release };
}

function checkName({ name, source, place }: Draft<ModuleSource>, say: Say) {
  if (source.name === undefined || source.name === name) return;
  const words = {
    rule: 'name',
    message: `The module "${name}" says that its name is "${source.name}".`,
    remedy: 'Make both equal, or use displayName for the words people see.',
  };
  say(problemAt(within(place, 'name'), words));
}

function scopeOf(
  { source, place }: Draft<ModuleSource>,
  say: Say,
): ModuleScope {
  const { scope, default_config: older } = source;
  const said = older?.tenant_scope;
  const olderScope = said === false ? 'cluster' : 'tenant';
  if (scope !== undefined && said !== undefined && scope !== olderScope) {
    const words = {
      rule: 'said-twice',
      message: `"scope: ${scope}" and "tenant_scope: ${said}" contradict each other.`,
      remedy: 'Remove tenant_scope.',
    };
    say(problemAt(within(place, 'scope'), words));
  }
  return scope ?? olderScope;
}

function runbookOf(
  { source: { runbook }, place }: Draft<ModuleSource>,
  { files, say }: Pick<Options, 'files' | 'say'>,
): string | undefined {
  if (runbook === undefined || !isRunbookPath(runbook)) return runbook;
  const at = within(place, 'runbook');
  const resolved = resolveReference(place.file.path, runbook.trim());
  if (!resolved.ok) {
    const { message, remedy } = resolved;
    say(problemAt(at, { rule: 'path', message, remedy }));
    return undefined;
  }
  const file = files.beside(place.file, resolved.path);
  if (file) return file.text;
  const words = {
    rule: 'runbook-missing',
    message: `There is no file "${resolved.path.slice(0, 80)}".`,
    remedy: 'Put the runbook there, or write it in place with "runbook: |".',
  };
  say(problemAt(at, words));
  return undefined;
}
