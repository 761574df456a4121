// SPDX-License-Identifier: Apache-2.0
import type {
  ModuleConflict,
  ModuleDependency,
  ModuleScope,
  ReleaseSecret,
} from '@tenantry/backstage-plugin-tenants-common';
import { contentHash } from '../contentHash';
import type { FileSet } from '../files/FileSet';
import type {
  CatalogueRelease,
  JsonObject,
  ReleaseContent,
} from '../ModuleCatalogue';
import { checkParameters } from '../parameters/checkParameters';
import type { Place, Say } from '../Place';
import type { NeedSource } from '../schema/releaseSchema';
import { chartFootprint } from './chartFootprint';
import { checkEndpoints } from './checkEndpoints';
import { toAmounts } from './toTier';
import { toContent, toJsonObject, type AnyRelease } from './toContent';

type Options = {
  readonly files: FileSet;
  readonly say: Say;
  readonly scope: ModuleScope;
  readonly allowedKinds: readonly string[];
};

/** A release as the catalogue holds it, with the objects that it refers to. */
export function toRelease(
  source: AnyRelease,
  place: Place,
  options: Options,
): CatalogueRelease {
  const tierParameters = toTierParameters(source.tierParameters);
  const checked = checkParameters(
    {
      ...(source.parameters
        ? { parameters: toJsonObject(source.parameters) }
        : {}),
      tierParameters,
    },
    place,
  );
  checked.problems.forEach(options.say);
  const content = toContent(source, place, {
    ...options,
    parameters: checked.names,
    secrets: (source.secrets ?? []).map(({ name }) => name),
  });
  checkEndpoints(source.endpoints ?? [], content, place).forEach(options.say);
  const { kubernetes, allowedTiers, allowedOwners, notes, deprecated } = source;
  const footprint = footprintOf(source, content);
  const unhashed = {
    version: source.version,
    delivery: content.kind,
    dependencies: (source.dependencies ?? []).map(toNeed),
    recommends: (source.recommends ?? []).map(toNeed),
    conflicts: (source.conflicts ?? []).map(toConflict),
    provides: source.provides ?? [],
    tierParameters,
    secrets: (source.secrets ?? []).map(toSecret),
    endpoints: source.endpoints ?? [],
    content,
    ...defined({ kubernetes, allowedTiers, allowedOwners, notes, deprecated }),
    ...defined({ parameters: checked.schema, footprint }),
  };
  return { ...unhashed, hash: contentHash(withoutPlaces(unhashed, content)) };
}

function toTierParameters(
  source: AnyRelease['tierParameters'],
): Record<string, JsonObject> {
  return Object.fromEntries(
    Object.entries(source ?? {}).map(([tier, values]) => [
      tier,
      toJsonObject(values),
    ]),
  );
}

function footprintOf({ footprint }: AnyRelease, content: ReleaseContent) {
  if (footprint) {
    const given = Object.entries(footprint).flatMap(([name, amount]) =>
      amount === undefined ? [] : [[name, amount] as const],
    );
    return toAmounts(Object.fromEntries(given));
  }
  return content.kind === 'chart' ? chartFootprint(content.values) : undefined;
}

/** A need as the catalogue holds it. */
export function toNeed(need: NeedSource): ModuleDependency {
  return typeof need === 'string'
    ? { name: need, range: '*' }
    : { name: need.name, range: need.version ?? '*' };
}

function toConflict(
  conflict: NonNullable<AnyRelease['conflicts']>[number],
): ModuleConflict {
  const reason = typeof conflict === 'string' ? undefined : conflict.reason;
  return { ...toNeed(conflict), ...(reason === undefined ? {} : { reason }) };
}

function toSecret({
  name,
  description,
  required = true,
  generate = false,
}: NonNullable<AnyRelease['secrets']>[number]): ReleaseSecret {
  return { name, required, generate, ...defined({ description }) };
}

/** Moving a manifest to another line does not make another release. */
function withoutPlaces(release: object, content: ReleaseContent): object {
  if (content.kind !== 'manifests') return release;
  const templates = content.templates.map(({ when, object }) => ({
    when,
    object,
  }));
  return { ...release, content: { ...content, templates } };
}

function defined<T extends object>(
  members: T,
): { [K in keyof T]?: Exclude<T[K], undefined> };
function defined(members: object): object {
  return Object.fromEntries(
    Object.entries(members).filter(([, value]) => value !== undefined),
  );
}
