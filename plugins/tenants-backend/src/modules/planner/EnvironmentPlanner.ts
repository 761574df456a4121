// SPDX-License-Identifier: Apache-2.0
import {
  toChangeSet,
  type EnvironmentPlan,
  type PlanNote,
  type QuotaFit,
  type Refusal,
} from '@tenantry/backstage-plugin-tenants-common';
import type { KubeApi } from '@tenantry/backstage-plugin-tenants-node';
import type { LiveObject } from '../LiveObject';
import { diffObjects, didYouMean, type Diff } from '../plan';
import type { PlannedEnvironment } from '../Planner';
import type { RenderedObject } from '../RenderedObject';
import { resourceTypeOf } from '../resourceTypes';
import { checkNamespace } from './checkNamespace';
import { deliveredByOthers } from './deliveredByOthers';
import { dryRun } from './dryRun';
import { refuseFailure } from './refuseFailure';
import {
  refused,
  type EnvironmentOutcome,
  type EnvironmentRequest,
} from './EnvironmentRequest';
import { findForeign } from './findForeign';
import { fitEnvironment } from './fitEnvironment';
import { LiveObjects } from './LiveObjects';
import { memberKinds } from './memberKinds';
import { memberNotes } from './memberNotes';
import { mapConcurrently } from './mapConcurrently';
import { PLANNER_LIMITS, type PlannerPorts } from './PlannerPorts';
import { refuseLostClaims, removedObjects } from './removedFiles';
import {
  SpecRenderer,
  type RenderedSpec,
  type Surroundings,
} from './SpecRenderer';
import { toRecord } from './toRecord';

type Place = EnvironmentRequest & {
  readonly api: KubeApi;
  readonly reader: LiveObjects;
  /** As it is; absent: it has to be made. */
  readonly namespace: LiveObject | undefined;
  readonly renderer: SpecRenderer;
  readonly rendered: RenderedSpec;
  /** What it is rendered as now, where it is to go from a repository; absent: it is not. */
  readonly present?: readonly RenderedObject[];
  readonly applySetId: string;
};

type Compared = {
  readonly entries: Diff['entries'];
  readonly quota: readonly QuotaFit[];
  readonly refusals: readonly Refusal[];
  readonly notes: readonly PlanNote[];
};

/** Plans one environment on its cluster: renders it, compares it with what is there, and lets the cluster check it. */
export class EnvironmentPlanner {
  constructor(private readonly ports: PlannerPorts) {}

  /** What fails on the cluster is a refusal of this environment; others go on. */
  async plan(
    request: EnvironmentRequest,
    signal: AbortSignal,
  ): Promise<EnvironmentOutcome> {
    const api = this.ports.kubeApi(request.target.spec.cluster);
    if (!api) return refused(this.unknownCluster(request));
    try {
      return await this.planOn(api, request, signal);
    } catch (error) {
      signal.throwIfAborted();
      return refused(refuseFailure(request.target.spec, error));
    }
  }

  private async planOn(
    api: KubeApi,
    request: EnvironmentRequest,
    signal: AbortSignal,
  ): Promise<EnvironmentOutcome> {
    const { tenant, target } = request;
    const { spec, namespaces, previous } = target;
    const version = await this.versionOf(api, signal);
    const reader = new LiveObjects(api);
    const type = resourceTypeOf('v1', 'Namespace');
    const live = await mapConcurrently(
      namespaces,
      PLANNER_LIMITS.callsAtOnce,
      name => reader.get(type, { name }, signal),
    );
    const known = this.ports.tenantOf(tenant);
    const taken = namespaces.flatMap(
      (name, at) =>
        checkNamespace({
          ...request,
          namespace: name,
          live: live[at],
          known,
        }) ?? [],
    );
    if (taken.length > 0) return refused(...taken);
    const [namespace] = live;
    const around = { ...request, version, isThere: namespace !== undefined };
    const renderer = new SpecRenderer(around, this.ports);
    await renderer.readSecrets(signal);
    const place: Place = {
      ...request,
      api,
      reader,
      namespace,
      renderer,
      rendered: renderer.render(spec),
      ...(await this.presentOf(around, signal)),
      applySetId:
        previous?.applySetId ?? this.ports.applySetIdOf(tenant, spec.name),
    };
    const compared = await this.compare(place, signal);
    return {
      plan: toPlan(place, compared),
      planned: this.toPlanned(place, compared),
      refusals: [...place.rendered.refusals, ...compared.refusals],
      notes: [...place.rendered.notes, ...compared.notes],
    };
  }

  /** What can no longer be rendered, as its release is gone, say, is known by what is in the cluster. */
  private async presentOf(
    around: Surroundings,
    signal: AbortSignal,
  ): Promise<Pick<Place, 'present'>> {
    const { target, render } = around;
    const isLeaving =
      target.state === 'retained' && target.previous?.state === 'active';
    if (!render || !isLeaving) return {};
    const active = {
      ...around,
      target: { ...target, state: 'active' as const },
    };
    const renderer = new SpecRenderer(active, this.ports);
    await renderer.readSecrets(signal);
    return { present: renderer.render(target.spec).objects };
  }

  private async versionOf(api: KubeApi, signal: AbortSignal): Promise<string> {
    const view = this.ports.clusters
      .list()
      .find(({ name }) => name === api.cluster);
    return view?.status.version ?? (await api.version(signal));
  }

  private async compare(place: Place, signal: AbortSignal): Promise<Compared> {
    const { target, rendered, reader, applySetId, namespace } = place;
    const { objects } = rendered;
    if (!rendered.isComplete || place.purpose === 'apply') {
      return { entries: [], quota: [], refusals: [], notes: [] };
    }
    const kinds = target.previous ? memberKinds(target.previous, objects) : [];
    const found = await reader.members({ kinds, applySetId }, signal);
    const environment = target.spec.name;
    const delivered = deliveredByOthers(
      target,
      [...(namespace ? [namespace] : []), ...found.objects],
      place,
    );
    const lost = place.present
      ? refuseLostClaims(environment, [
          ...found.objects,
          ...place.present.map(({ manifest }) => manifest),
        ])
      : [];
    const foreign = namespace
      ? await findForeign(
          { environment, objects, found: found.objects, reader },
          signal,
        )
      : { shared: [], refusals: [] };
    const diff = diffObjects({
      environment,
      rendered: objects,
      live: [...found.objects, ...foreign.shared],
      applySetId,
      moduleLabel: `${this.ports.settings.labels.prefix}/module`,
    });
    const members = await memberNotes(target, this.ports);
    const fit = fitEnvironment({ ...place, live: found.objects }, this.ports);
    const refusals = [
      ...delivered.refusals,
      ...lost,
      ...foreign.refusals,
      ...diff.refusals,
      ...fit.refusals,
      ...notServed(objects, found.notServed, place),
    ];
    const clean = refusals.length === 0 && rendered.refusals.length === 0;
    const checked = clean
      ? await this.check(place, diff, signal)
      : { refusals: [], notes: [] };
    return {
      entries: diff.entries,
      quota: fit.quota,
      refusals: [...refusals, ...checked.refusals],
      notes: [
        ...delivered.notes,
        ...members,
        ...fit.notes,
        ...diff.notes,
        ...checked.notes,
      ],
    };
  }

  /** By the cluster where the namespace is there; before that, nothing can be asked. */
  private async check(place: Place, diff: Diff, signal: AbortSignal) {
    const { target, api, rendered, namespace } = place;
    const environment = target.spec.name;
    if (!namespace) {
      const isLeft = target.state === 'retained';
      return { refusals: [], notes: isLeft ? [] : [offline(place)] };
    }
    const replaced = new Set(
      diff.notes
        .filter(({ kind }) => kind === 'immutable-field')
        .map(({ subject }) => subject),
    );
    const changes = rendered.objects.flatMap((object, at) => {
      const entry = diff.entries[at];
      const changes_ =
        entry.action === 'created' || entry.action === 'configured';
      return changes_ && !replaced.has(`${entry.kind}/${entry.name}`)
        ? [{ object, entry }]
        : [];
    });
    return dryRun({ api, environment, changes }, signal);
  }

  private toPlanned(
    { target, rendered, present, ...place }: Place,
    { entries }: Compared,
  ): PlannedEnvironment {
    const { spec, previous } = target;
    return {
      name: spec.name,
      cluster: spec.cluster,
      record: toRecord({ ...place, target, modules: rendered.modules }),
      ...(previous && { previous }),
      objects: rendered.objects,
      ...(present && { removed: removedObjects(present, entries) }),
      generatedSecrets: rendered.generatedSecrets,
    };
  }

  private unknownCluster({ target: { spec } }: EnvironmentRequest): Refusal {
    const names = this.ports.clusters.list().map(({ name }) => name);
    return {
      rule: 'unknown-cluster',
      environment: spec.name,
      subject: spec.cluster,
      message: `There is no cluster ${spec.cluster}.${didYouMean(
        spec.cluster,
        names,
      )}`,
      chain: [spec.name, spec.cluster],
      fixes: [{ label: `Choose one of ${[...names].sort().join(', ')}.` }],
    };
  }
}

function toPlan(place: Place, { entries, quota }: Compared): EnvironmentPlan {
  const { target, rendered, namespace } = place;
  const { spec, previous, namespaces } = target;
  return {
    name: spec.name,
    cluster: spec.cluster,
    namespace: namespaces[0],
    tier: spec.tier,
    exists: namespace !== undefined && previous !== undefined,
    modules: rendered.modules.map(({ definition: { name }, ...planned }) => {
      const from = previous?.releases[name]?.version;
      return {
        name,
        version: planned.release.version,
        hash: planned.release.hash,
        ...(from !== undefined && { from }),
        requiredBy: [...planned.requiredBy],
        wave: planned.wave,
        parameters: JSON.parse(JSON.stringify(planned.parameters)),
      };
    }),
    changes: toChangeSet(entries),
    quota: [...quota],
  };
}

function offline({ target: { spec, namespaces } }: Place): PlanNote {
  return {
    environment: spec.name,
    subject: namespaces[0],
    kind: 'offline-validation',
    message: `The namespace ${namespaces[0]} does not exist yet, so ${spec.cluster} could not check the objects; they were checked without it.`,
  };
}

function notServed(
  objects: readonly RenderedObject[],
  missing: ReadonlySet<string>,
  { target: { spec } }: Place,
): Refusal[] {
  return objects
    .filter(({ manifest: { apiVersion, kind } }) =>
      missing.has(`${apiVersion}/${kind}`),
    )
    .map(({ manifest: { apiVersion, kind, metadata }, module }) => ({
      rule: 'kind-not-served' as const,
      environment: spec.name,
      subject: `${kind}/${metadata.name}`,
      message: `${
        spec.cluster
      } does not serve ${kind} of ${apiVersion}, which ${
        module ?? 'the environment'
      } needs.`,
      chain: [
        ...(module === undefined ? [] : [module]),
        `${kind}/${metadata.name}`,
      ],
      fixes: [
        {
          label: `Ask the platform team to install ${apiVersion} on ${spec.cluster}.`,
        },
      ],
    }));
}
