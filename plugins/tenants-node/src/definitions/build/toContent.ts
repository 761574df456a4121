// SPDX-License-Identifier: Apache-2.0
import type { ModuleScope } from '@tenantry/backstage-plugin-tenants-common';
import { z } from 'zod';
import type { FileSet } from '../files/FileSet';
import {
  checkSubstitutions,
  type DeclaredNames,
} from '../manifests/checkSubstitutions';
import { readManifests } from '../manifests/readManifests';
import type {
  ChartRef,
  JsonObject,
  JsonValue,
  ReleaseContent,
} from '../ModuleCatalogue';
import { problemAt, within, type Place, type Say } from '../Place';
import type { ModuleSource } from '../schema/moduleSchema';
import type { ReleaseSource } from '../schema/releaseSchema';
import { withOverrides } from './chartValues';

/** A release, with the keys that only modules of one release have. */
export type AnyRelease = ReleaseSource &
  Pick<ModuleSource, 'chart_path' | 'default_config' | 'helm_values'>;

type Options = {
  readonly files: FileSet;
  readonly say: Say;
  readonly scope: ModuleScope;
  readonly allowedKinds: readonly string[];
} & DeclaredNames;

const jsonObjectSchema: z.ZodType<JsonObject> = z.record(z.string(), z.json());

/** A JSON mapping that came out of a file. */
export function toJsonObject(value: unknown): JsonObject {
  return jsonObjectSchema.parse(value ?? {});
}

/** What a release puts into an environment. */
export function toContent(
  release: AnyRelease,
  place: Place,
  options: Options,
): ReleaseContent {
  const { manifests } = release;
  const chart = chartOf(release);
  if (manifests !== undefined && chart) {
    const words = {
      rule: 'said-twice',
      message: 'The release has both manifests and a chart.',
      remedy: 'Keep one of them.',
    };
    options.say(problemAt(within(place, 'manifests'), words));
  }
  if (manifests !== undefined) {
    const at = within(place, 'manifests');
    return {
      kind: 'manifests',
      templates: readManifests(manifests, at, options),
    };
  }
  const values = chartValues(release, place, options);
  return chart ? { kind: 'chart', chart, values } : { kind: 'none' };
}

function chartOf({
  chart,
  chart_path: name,
}: AnyRelease): ChartRef | undefined {
  return chart ?? (name === undefined ? undefined : { name });
}

function chartValues(release: AnyRelease, place: Place, options: Options) {
  const { tenant_scope: _, ...older } = release.default_config ?? {};
  const plain = toJsonObject(release.values ?? older);
  const overrides: Record<string, JsonValue> = release.helm_values ?? {};
  const { values, refused } = withOverrides(plain, overrides);
  for (const path of refused) {
    const words = {
      rule: 'reserved-key',
      message: `"${path.slice(0, 80)}" is not the path of a value.`,
      remedy: 'Write names separated by dots, such as "minio.enabled".',
    };
    options.say(problemAt(within(place, 'helm_values', path), words));
  }
  const key = release.values ? 'values' : 'default_config';
  checkSubstitutions(plain, within(place, key), options).forEach(options.say);
  return values;
}
