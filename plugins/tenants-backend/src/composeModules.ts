// SPDX-License-Identifier: Apache-2.0
import { resolve } from 'node:path';
import type { UrlReaderService } from '@backstage/backend-plugin-api';
import type { Config } from '@backstage/config';
import type { ModuleDefinitionSource } from '@tenantry/backstage-plugin-tenants-node';
import {
  readDefinitionsConfig,
  type DefinitionsTarget,
} from './definitionsConfig';
import {
  FileSource,
  FolderSource,
  ModuleDefinitions,
  UrlSource,
  type DefinitionSources,
  type ScheduledSource,
} from './modules/definitions';
import type { Clock } from './time/Clock';

/** How often sources of other backend modules are read when they tell of no change. */
const EXTENSION_PERIOD_MS = 60_000;

type ModuleParts = {
  readonly config: Config;
  readonly urlReader: UrlReaderService;
  readonly clock: Clock;
  readonly sources: DefinitionSources;
  readonly report: (what: string) => (subject: string, error: unknown) => void;
};

/** Builds what reads the module definitions. Nothing is read yet. */
export function composeModules(parts: ModuleParts) {
  const configured = readDefinitionsConfig(parts.config).map(
    (target): ScheduledSource => ({
      source: toSource(target, parts.urlReader),
      everyMs: target.everyMs,
    }),
  );
  const added = parts.sources
    .list()
    .map(source => ({ source, everyMs: EXTENSION_PERIOD_MS }));
  const definitions = new ModuleDefinitions({
    sources: [...configured, ...added],
    clock: parts.clock,
    allowedKinds: parts.config.getOptionalStringArray('tenants.allowedKinds'),
    onFailure: parts.report('Module definitions could not be read'),
  });
  return { definitions };
}

function toSource(
  { type, target }: DefinitionsTarget,
  urlReader: UrlReaderService,
): ModuleDefinitionSource {
  switch (type) {
    case 'file':
      return new FileSource(target, resolve(target));
    case 'folder':
      return new FolderSource(target, resolve(target));
    case 'url':
      return new UrlSource(target, target, urlReader);
    default:
      return type satisfies never;
  }
}
