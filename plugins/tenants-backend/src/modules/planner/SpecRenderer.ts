// SPDX-License-Identifier: Apache-2.0
import type {
  EnvironmentSpec,
  PlanNote,
  Refusal,
} from '@tenantry/backstage-plugin-tenants-common';
import type { RenderMember } from '../manifests/RenderInput';
import { planModules, type PlannedModules } from '../plan';
import type { RenderedObject } from '../RenderedObject';
import type { EnvironmentRequest } from './EnvironmentRequest';
import type { PlannerPorts } from './PlannerPorts';
import { runningModules } from './runningModules';

/** What a spec comes to. */
export type RenderedSpec = Pick<
  PlannedModules,
  'tier' | 'modules' | 'generatedSecrets'
> & {
  readonly objects: readonly RenderedObject[];
  readonly refusals: readonly Refusal[];
  readonly notes: readonly PlanNote[];
  /** Whether `objects` are all that it shall have. */
  readonly isComplete: boolean;
};

/** What surrounds an environment on its cluster. */
export type Surroundings = EnvironmentRequest & {
  /** Such as `v1.32.0`. */
  readonly version: string;
  /** Whether its namespace is there. */
  readonly isThere: boolean;
};

const RETAINED: RenderedSpec = {
  tier: undefined,
  modules: [],
  generatedSecrets: [],
  objects: [],
  refusals: [],
  notes: [],
  isComplete: true,
};

/** Renders specs for one environment: the one wanted, and those tried as remedies. */
export class SpecRenderer {
  private secrets: ReadonlySet<string> = new Set();

  constructor(
    private readonly around: Surroundings,
    private readonly ports: PlannerPorts,
  ) {}

  /** Finds out which of the secrets that are needed are set. @throws KubeError */
  async readSecrets(signal: AbortSignal): Promise<void> {
    const { target, isThere } = this.around;
    const [namespace = ''] = target.namespaces;
    if (!isThere || target.state === 'retained') return;
    const { modules } = this.planModules(target.spec);
    const names = modules.flatMap(({ release }) =>
      release.secrets.map(({ name }) => name),
    );
    if (names.length === 0) return;
    this.secrets = await this.ports.secrets.existing(
      { cluster: target.spec.cluster, namespace },
      [...new Set(names)],
      signal,
    );
  }

  /** The objects of a spec, or why there are none. */
  render(spec: EnvironmentSpec): RenderedSpec {
    if (this.around.target.state === 'retained') return RETAINED;
    const planned = this.planModules(spec);
    const { members, refusals: ofMembers } = this.membersOf(spec);
    const { tier, modules, canRender } = planned;
    const rest = { tier, modules, generatedSecrets: planned.generatedSecrets };
    const refusals = [...planned.refusals, ...ofMembers];
    if (!tier || !canRender || ofMembers.length > 0) {
      return {
        ...rest,
        objects: [],
        refusals,
        notes: planned.notes,
        isComplete: false,
      };
    }
    const rendered = this.ports.rendering.renderEnvironment({
      ...this.placeOf(spec),
      spec,
      tier,
      modules,
      members,
      settings: this.ports.settings,
      secrets: new Set([
        ...this.secrets,
        ...planned.generatedSecrets.map(({ name }) => name),
      ]),
    });
    return {
      ...rest,
      objects: rendered.objects,
      refusals: [...refusals, ...rendered.refusals],
      notes: [...planned.notes, ...rendered.notes],
      isComplete: rendered.refusals.length === 0,
    };
  }

  private planModules(spec: EnvironmentSpec): PlannedModules {
    const { target, catalogue, version, isThere } = this.around;
    const { owner, releases } = target;
    return planModules({
      spec,
      ...(owner !== undefined && { owner }),
      catalogue,
      cluster: {
        name: spec.cluster,
        version,
        running: runningModules(this.view(), catalogue, this.ports.labels),
      },
      recorded: releases,
      secrets: this.secrets,
      isThere,
    });
  }

  private placeOf(spec: EnvironmentSpec) {
    const { tenant, target, version } = this.around;
    const [namespace = '', ...moreNamespaces] = target.namespaces;
    const { owner, previous } = target;
    const scalers =
      this.view()?.listers.horizontalpodautoscalers.byNamespace(namespace);
    return {
      tenant: { name: tenant, ...(owner !== undefined && { owner }) },
      namespace,
      moreNamespaces,
      applySetId:
        previous?.applySetId ?? this.ports.applySetIdOf(tenant, spec.name),
      cluster: { version },
      hpaTargets: new Set(
        (scalers ?? []).map(({ target: { kind, name } }) => `${kind}/${name}`),
      ),
    };
  }

  private view() {
    const { cluster } = this.around.target.spec;
    return this.ports.clusters.list().find(({ name }) => name === cluster);
  }

  private membersOf(spec: EnvironmentSpec) {
    const members: RenderMember[] = [];
    const refusals: Refusal[] = [];
    for (const { subject, role } of spec.members) {
      const known = this.ports.subjectOf(subject, spec.cluster);
      if (known) members.push({ ...known, role });
      else refusals.push(unknownMember(subject, spec));
    }
    return { members, refusals };
  }
}

function unknownMember(
  subject: string,
  { name, cluster }: EnvironmentSpec,
): Refusal {
  return {
    rule: 'member-unknown',
    environment: name,
    subject,
    message: `${subject} is not known on ${cluster}: the catalogue has no such user or group, it lacks the name the cluster knows it by, or another has the same.`,
    chain: [name, subject],
    fixes: [
      { label: `Leave out ${subject}, or write it as the catalogue does.` },
      {
        label:
          'Ask the platform team how tenants.identity names users and groups.',
      },
    ],
  };
}
