// SPDX-License-Identifier: Apache-2.0
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { resolvePackagePath } from '@backstage/backend-plugin-api';
import {
  operationRequestSchema,
  type Plan,
} from '@tenantry/backstage-plugin-tenants-common';
import type {
  CatalogueModule,
  CatalogueRelease,
  JsonObject,
  ModuleCatalogue,
} from '@tenantry/backstage-plugin-tenants-node/definitions';
import { parse, stringify } from 'yaml';
import { z } from 'zod';
import {
  deploymentObject,
  horizontalPodAutoscalerObject,
} from '../../../informers/testing/objectBuilders';
import {
  catalogue,
  moduleOf,
  release,
  tier,
} from '../../testing/catalogueBuilders';
import { resourceTypeOf } from '../../resourceTypes';
import { resourceName } from '@tenantry/backstage-plugin-tenants-node';
import { PlannerWorld } from './PlannerWorld';

const FIXTURES = resolvePackagePath(
  '@tenantry/backstage-plugin-tenants-backend',
  'src/modules/__fixtures__',
);
const FILES = ['definition', 'wanted', 'live', 'plan'] as const;

const link = z.string().transform(text => {
  const [name, range = '*'] = text.split(' ');
  return { name, range };
});
const json = z.record(z.string(), z.json());

/** A short form of definitions. `needs: [db ^1]` stands for a dependency. */
const definitionSchema = z.strictObject({
  tiers: z
    .record(
      z.string(),
      z.strictObject({
        quota: z.record(z.string(), z.string()).default({}),
        allowedOwners: z.array(z.string()).optional(),
      }),
    )
    .default({
      standard: {
        quota: {
          'requests.cpu': '10',
          'requests.memory': '20Gi',
          'limits.cpu': '10',
          'limits.memory': '20Gi',
        },
      },
    }),
  modules: z.record(
    z.string(),
    z.strictObject({
      scope: z.enum(['tenant', 'cluster']).default('tenant'),
      releases: z.record(
        z.string(),
        z.strictObject({
          needs: z.array(link).default([]),
          conflicts: z.array(link).default([]),
          provides: z.array(z.string()).default([]),
          kubernetes: z.string().optional(),
          allowedTiers: z.array(z.string()).optional(),
          allowedOwners: z.array(z.string()).optional(),
          parameters: json.optional(),
          secrets: z
            .array(
              z.strictObject({
                name: z.string(),
                required: z.boolean().default(true),
                generate: z.boolean().default(false),
              }),
            )
            .default([]),
          deprecated: z.string().optional(),
          objects: z.array(json).default([]),
          chart: z.string().optional(),
          describesOnly: z.boolean().default(false),
        }),
      ),
    }),
  ),
});

const liveSchema = z.strictObject({
  /** Requests carried out before, in their order. */
  applied: z.array(json).default([]),
  /** Definitions that held then, where they have changed since. */
  before: definitionSchema.optional(),
  clusters: z
    .record(
      z.string(),
      z.strictObject({
        down: z.boolean().default(false),
        refuses: z.enum(['apply']).optional(),
        notServed: z.array(z.string()).default([]),
        /** Workloads of these cluster-wide modules run there. */
        running: z.array(z.string()).default([]),
        /** `Kind/name` with an autoscaler, in `shop-dev`. */
        scaled: z.array(z.string()).default([]),
        objects: z.array(json).default([]),
      }),
    )
    .prefault({ east: {} }),
  strangers: z.array(z.string()).default([]),
  seen: z.array(json).default([]),
});

type Definition = z.infer<typeof definitionSchema>;

/** Names of the cases. */
export function goldenPlanNames(): string[] {
  return readdirSync(FIXTURES)
    .filter(name => name.startsWith('plan-'))
    .sort();
}

/** A case: what to compare with what, and how to write it anew. */
export async function playGoldenPlan(name: string) {
  const [definition, wanted, live, expected] = FILES.map(part => {
    try {
      return parse(readFileSync(join(FIXTURES, name, `${part}.yaml`), 'utf8'));
    } catch {
      return undefined;
    }
  });
  const said = liveSchema.parse(live ?? {});
  const now = toCatalogue(definitionSchema.parse(definition));
  const world = new PlannerWorld(
    said.before ? toCatalogue(said.before) : now,
    Object.keys(said.clusters),
  );
  for (const request of said.applied) {
    const made = await world.apply(operationRequestSchema.parse(request));
    if (made.plan.refusals.length > 0) {
      throw new Error(JSON.stringify(made.plan.refusals));
    }
  }
  world.catalogue = now;
  setUp(world, said);
  const { tenant = 'shop', ...request } = wanted;
  const { plan } = await world.plan(operationRequestSchema.parse(request), {
    tenant,
  });
  return {
    plan,
    outcome: shorten(plan),
    expected,
    update: () =>
      writeFileSync(
        join(FIXTURES, name, 'plan.yaml'),
        stringify(shorten(plan), { lineWidth: 120 }),
      ),
  };
}

function setUp(world: PlannerWorld, said: z.infer<typeof liveSchema>): void {
  for (const [name, cluster] of Object.entries(said.clusters)) {
    const api = world.apis.get(name);
    if (cluster.down) world.down.add(name);
    for (const kind of cluster.notServed) api?.serve(kind, false);
    for (const object of cluster.objects) putObject(api, object);
    if (cluster.refuses) world.refuse(name, cluster.refuses, 422);
    world.watch(name, {
      deployments: cluster.running.map(module =>
        deploymentObject({
          name: module,
          namespace: 'platform',
          labels: { 'tenantry.dev/module': module },
        }),
      ),
      horizontalpodautoscalers: cluster.scaled.map(target => {
        const [kind, own] = target.split('/');
        return horizontalPodAutoscalerObject({
          namespace: 'shop-dev',
          target: { kind, name: own },
        });
      }),
    });
  }
  said.strangers.forEach(ref => world.strangers.add(ref));
  world.seen = said.seen as typeof world.seen;
}

function putObject(
  api: ReturnType<PlannerWorld['apis']['get']>,
  object: JsonObject,
): void {
  const { apiVersion, kind } = object as Record<string, string>;
  const type = resourceTypeOf(apiVersion, kind);
  api?.write(resourceName(type), object as never);
}

function toCatalogue({ tiers, modules }: Definition): ModuleCatalogue {
  return catalogue(
    Object.entries(modules).map(([name, { scope, releases }]) =>
      toModule(name, { scope, releases }),
    ),
    Object.entries(tiers).map(([name, { quota, ...more }]) =>
      tier(name, quota, more),
    ),
  );
}

function toModule(
  name: string,
  { scope, releases }: Definition['modules'][string],
): CatalogueModule {
  return moduleOf(
    name,
    Object.entries(releases).map(([version, said]) => {
      const { needs, objects, chart, describesOnly, deprecated, ...rest } =
        said;
      return release(version, {
        ...rest,
        dependencies: needs,
        ...(deprecated !== undefined && {
          deprecated: { message: deprecated },
        }),
        content: contentOf({ objects, chart, describesOnly }),
      });
    }),
    { scope },
  );
}

function contentOf(said: {
  readonly objects: readonly JsonObject[];
  readonly chart?: string;
  readonly describesOnly: boolean;
}): CatalogueRelease['content'] {
  if (said.describesOnly) return { kind: 'none' };
  if (said.chart !== undefined) {
    return { kind: 'chart', chart: { name: said.chart }, values: {} };
  }
  return {
    kind: 'manifests',
    templates: said.objects.map(object => ({
      object,
      at: { file: 'definition.yaml', line: 1, column: 1 },
    })),
  };
}

/** What people read of a plan. What is rendered has cases of its own. */
function shorten({ refusals, notes, environments }: Plan): unknown {
  return JSON.parse(
    JSON.stringify({
      refusals,
      notes: notes.map(({ kind, subject, message }) => ({
        kind,
        subject,
        message,
      })),
      environments: environments.map(one => ({
        name: one.name,
        exists: one.exists,
        modules: one.modules.map(
          ({ name, version, from, wave }) =>
            `${wave}: ${name} ${
              from && from !== version ? `${from} → ` : ''
            }${version}`,
        ),
        changes: one.changes.entries
          .filter(({ module, action }) => module || action !== 'created')
          .map(({ action, kind, name, fields, reason }) => ({
            [`${action} ${kind}/${name}`]: [
              ...fields.map(
                ({ path, from = 'none', to = 'none' }) =>
                  `${path}: ${from} → ${to}`,
              ),
              ...(reason === undefined ? [] : [reason]),
            ].join('\n'),
          })),
        counts: one.changes.counts,
        quota: one.quota
          .filter(({ byModule }) =>
            byModule.some(({ module }) => module !== 'environment'),
          )
          .map(
            ({ resource, used, after, hard, left }) =>
              `${resource}: ${used} → ${after} of ${hard}, ${left} left`,
          ),
      })),
    }),
  );
}
