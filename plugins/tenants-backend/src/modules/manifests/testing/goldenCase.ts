// SPDX-License-Identifier: Apache-2.0
import {
  environmentSpecSchema,
  MEMBER_ROLES,
} from '@tenantry/backstage-plugin-tenants-common';
import {
  parseDefinitions,
  type DefinitionFile,
  type ModuleCatalogue,
} from '@tenantry/backstage-plugin-tenants-node/definitions';
import { parse } from 'yaml';
import { z } from 'zod';
import type { PlannedModule } from '../../PlannedModule';
import type { RenderInput, RenderResult } from '../RenderInput';
import { BRONZE, renderInput, SETTINGS } from './renderInput';

/** Starts another file: `--- # web.yaml`. */
const NEXT_FILE = /^--- # (\S+)$/m;

const wantedSchema = z.strictObject({
  /** What is compared: objects of modules alone unless it says `all`. */
  show: z.enum(['modules', 'all']).default('modules'),
  owner: z.string().optional(),
  environment: environmentSpecSchema.omit({ modules: true }).partial(),
  modules: z
    .array(
      z.strictObject({
        name: z.string(),
        version: z.string().optional(),
        parameters: z.record(z.string(), z.json()).default({}),
        wave: z.number().default(0),
        requiredBy: z.array(z.string()).default([]),
      }),
    )
    .default([]),
  members: z
    .array(
      z.strictObject({
        kind: z.enum(['User', 'Group']),
        name: z.string(),
        role: z.enum(MEMBER_ROLES),
      }),
    )
    .default([]),
  secrets: z.array(z.string()).default([]),
  hpaTargets: z.array(z.string()).default([]),
  /** `apiVersion/Kind` that the cluster does not know. */
  unknownKinds: z.array(z.string()).default([]),
  settings: z.record(z.string(), z.json()).default({}),
});

/** One case: what is wanted of which definitions, and what of the outcome is compared. */
export type GoldenCase = {
  readonly input: RenderInput;
  readonly show: 'modules' | 'all';
};

/** Reads a case from the texts of its files. */
export function goldenCase(texts: {
  readonly definition: string;
  readonly wanted: string;
}): GoldenCase {
  const catalogue = readCatalogue(texts.definition);
  const wanted = wantedSchema.parse(parse(texts.wanted));
  return { show: wanted.show, input: toInput(wanted, catalogue) };
}

/** The outcome as a fixture holds it. */
export function outcomeOf(
  { objects, refusals, notes }: RenderResult,
  show: GoldenCase['show'],
): unknown {
  const shown = objects.filter(
    ({ module }) => show === 'all' || module !== undefined,
  );
  return JSON.parse(
    JSON.stringify({
      refusals,
      notes,
      objects: shown.map(({ manifest, module, wave }) => ({
        module,
        wave,
        manifest,
      })),
    }),
  );
}

function readCatalogue(text: string): ModuleCatalogue {
  const [first, ...others] = text.split(NEXT_FILE);
  const files: DefinitionFile[] = [{ path: 'definition.yaml', text: first }];
  for (let at = 0; at + 1 < others.length; at += 2) {
    files.push({ path: others[at], text: others[at + 1] });
  }
  const { catalogue, problems } = parseDefinitions(files);
  if (catalogue) return catalogue;
  throw new Error(problems.map(({ message }) => message).join('\n'));
}

function toInput(
  wanted: z.infer<typeof wantedSchema>,
  catalogue: ModuleCatalogue,
): RenderInput {
  const unknown = new Set(wanted.unknownKinds);
  const spec = environmentSpecSchema.parse({
    name: 'prod',
    cluster: 'eu-1',
    tier: 'bronze',
    ...wanted.environment,
  });
  return renderInput({
    tenant: { name: 'acme', owner: wanted.owner },
    spec,
    tier: catalogue.tiers.get(spec.tier) ?? BRONZE,
    modules: wanted.modules.map(choice => toModule(choice, catalogue)),
    members: wanted.members,
    secrets: new Set(wanted.secrets),
    hpaTargets: new Set(wanted.hpaTargets),
    settings: { ...SETTINGS, ...wanted.settings },
    cluster: {
      serves: (apiVersion, kind) => !unknown.has(`${apiVersion}/${kind}`),
    },
  });
}

function toModule(
  choice: z.infer<typeof wantedSchema>['modules'][number],
  catalogue: ModuleCatalogue,
): PlannedModule {
  const definition = catalogue.modules.get(choice.name);
  const release = definition?.releases.find(
    ({ version }) => version === (choice.version ?? version),
  );
  if (!definition || !release) throw new Error(`No module ${choice.name}`);
  const { parameters, wave, requiredBy } = choice;
  return { definition, release, parameters, wave, requiredBy, needs: [] };
}
