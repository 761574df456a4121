// SPDX-License-Identifier: Apache-2.0
import {
  parseQuantity,
  type PlanNote,
  type QuotaFit,
  type QuotaLine,
  type Refusal,
  type Tenant,
} from '@tenantry/backstage-plugin-tenants-common';
import type { KubeManifest } from '@tenantry/backstage-plugin-tenants-node';
import type { LiveObject } from '../LiveObject';
import { objectField, textEntries, textField } from '../manifests/jsonValue';
import { fitQuota, misfits, refuseQuota } from '../plan';
import type { RenderedObject } from '../RenderedObject';
import type { EnvironmentRequest } from './EnvironmentRequest';
import type { PlannerPorts } from './PlannerPorts';
import type { RenderedSpec, SpecRenderer } from './SpecRenderer';

type FitInput = EnvironmentRequest & {
  readonly rendered: RenderedSpec;
  readonly renderer: SpecRenderer;
  /** Members of the environment’s ApplySet. */
  readonly live: readonly LiveObject[];
};

type Fit = {
  readonly quota: readonly QuotaFit[];
  readonly refusals: readonly Refusal[];
  readonly notes: readonly PlanNote[];
};

/** Whether what is rendered fits the tier’s quota with what else uses it, and what would fit where it does not. */
export function fitEnvironment(input: FitInput, ports: PlannerPorts): Fit {
  const { rendered, renderer, catalogue, target } = input;
  const { spec, namespaces } = target;
  if (!rendered.tier) return { quota: [], refusals: [], notes: [] };
  // A quota that was deleted counts nothing, whatever the watch remembers of it.
  const isCounted =
    !target.previous ||
    input.live.some(object => textField(object, 'kind') === 'ResourceQuota');
  const live = isCounted
    ? quotaNow(ports.tenantOf(input.tenant), input)
    : new Map<string, Counted>();
  // The tier’s quota holds in each namespace, and modules are in the first.
  const inFirst = ({ manifest: { metadata } }: RenderedObject) =>
    metadata.namespace === undefined || metadata.namespace === namespaces[0];
  const before = ports.rendering.resourcesOf(
    input.live.map(object => asRendered(object, ports)).filter(inFirst),
    [],
  );
  const fitOf = ({ tier, objects, modules }: RenderedSpec) =>
    tier &&
    fitQuota({
      tier: { ...tier, quota: ports.rendering.quotaHard(tier, ports.settings) },
      live,
      before,
      after: ports.rendering.resourcesOf(objects.filter(inFirst), modules),
    });
  const quota = fitOf(rendered) ?? [];
  const tooMuch = misfits(quota, live);
  return {
    quota,
    refusals:
      tooMuch.length === 0
        ? []
        : refuseQuota({
            spec,
            misfits: tooMuch,
            modules: rendered.modules,
            tiers: catalogue.tiers,
            tryOut: other => {
              const tried = renderer.render(other);
              return tried.isComplete ? fitOf(tried) : undefined;
            },
          }),
    notes: ports.rendering.resourceNotes(spec.name, rendered.objects),
  };
}

type Counted = Pick<QuotaLine, 'used' | 'hard'>;

function quotaNow(
  tenant: Tenant | undefined,
  { target: { spec, namespaces }, live }: FitInput,
): ReadonlyMap<string, Counted> {
  // What the watch knows is summed over the environment’s namespaces.
  if (namespaces.length > 1) return quotaOf(live, namespaces[0]);
  const environment = tenant?.environments.find(
    one => one.name === spec.name && one.cluster === spec.cluster,
  );
  return new Map((environment?.quota ?? []).map(line => [line.resource, line]));
}

/** As the environment’s own quota of one namespace counts it. */
function quotaOf(
  live: readonly LiveObject[],
  namespace: string | undefined,
): ReadonlyMap<string, Counted> {
  const quota = live.find(
    object =>
      textField(object, 'kind') === 'ResourceQuota' &&
      textField(objectField(object, 'metadata'), 'namespace') === namespace,
  );
  const status = objectField(quota, 'status');
  const used = textEntries(objectField(status, 'used'));
  return new Map(
    Object.entries(textEntries(objectField(status, 'hard'))).flatMap(
      ([resource, text]) => {
        const hard = parseQuantity(text);
        if (hard === undefined) return [];
        return [
          [resource, { hard, used: parseQuantity(used[resource] ?? '') ?? 0 }],
        ];
      },
    ),
  );
}

function asRendered(
  object: LiveObject,
  { settings }: PlannerPorts,
): RenderedObject {
  const labels = objectField(objectField(object, 'metadata'), 'labels');
  const module = textField(labels, `${settings.labels.prefix}/module`);
  return {
    manifest: toManifest(object),
    wave: 0,
    ...(module !== undefined && { module }),
  };
}

function toManifest(object: LiveObject): KubeManifest {
  const metadata = objectField(object, 'metadata');
  return {
    ...object,
    apiVersion: textField(object, 'apiVersion') ?? '',
    kind: textField(object, 'kind') ?? '',
    metadata: { ...metadata, name: textField(metadata, 'name') ?? '' },
  } as KubeManifest;
}
