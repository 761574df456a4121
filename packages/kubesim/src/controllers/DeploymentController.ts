// SPDX-License-Identifier: Apache-2.0
import {
  controlledBy,
  controllerOf,
  whereOf,
  type Controller,
  type ControllerPorts,
} from './ControllerPorts';
import { deploymentStatus, deadlinePassesIn } from './deploymentStatus';
import { nextCurrent, nextOld, rolloutBounds } from './rollingUpdate';
import { templateHash } from './templateHash';
import {
  asDeployment,
  asReplicaSet,
  type Deployment,
  type ReplicaSet,
} from './Workload';

const COMPONENT = 'deployment-controller';
const REPLICA_SETS = 'replicasets.apps';
const HASH = 'pod-template-hash';
const REVISION = 'deployment.kubernetes.io/revision';
const REVISION_HISTORY = 'deployment.kubernetes.io/revision-history';

/** Turns the template of a Deployment into ReplicaSets, and moves pods from the old to the new. */
export class DeploymentController implements Controller {
  readonly resource = 'deployments.apps';

  constructor(private readonly ports: ControllerPorts) {}

  reconcile(key: string): number | undefined {
    const object = this.ports.objects.get(this.resource, whereOf(key));
    if (!object || object.metadata.deletionTimestamp) return undefined;
    const deployment = asDeployment(object);
    const current = this.currentSet(deployment);
    // Paused before it ever began: there is nothing to keep yet.
    if (!current) {
      this.writeStatus(deployment, '');
      return undefined;
    }
    if (deployment.spec.paused) this.resize(deployment);
    else this.roll(deployment, current);
    this.cleanUp(deployment, current.metadata.name);
    // While it is paused, what is there may be of an older template: then nothing is up to date.
    const hash = templateHash(deployment.spec.template);
    const fits = current.metadata.labels?.[HASH] === hash;
    this.writeStatus(deployment, fits ? current.metadata.name : '');
    const latest = this.ports.objects.get(this.resource, whereOf(key));
    return (
      latest && deadlinePassesIn(asDeployment(latest), this.ports.clock.now())
    );
  }

  private sets(deployment: Deployment): ReplicaSet[] {
    return this.ports.objects
      .list(REPLICA_SETS, deployment.metadata.namespace)
      .filter(
        set =>
          controllerOf(set)?.uid === deployment.metadata.uid &&
          !set.metadata.deletionTimestamp,
      )
      .map(asReplicaSet)
      .sort((left, right) => revisionOf(left) - revisionOf(right));
  }

  private currentSet(deployment: Deployment): ReplicaSet | undefined {
    const hash = templateHash(deployment.spec.template);
    const sets = this.sets(deployment);
    const present = sets.find(set => set.metadata.labels?.[HASH] === hash);
    const newest = sets.at(-1);
    if (!present && deployment.spec.paused) return newest;
    const revision =
      present && present === newest
        ? revisionOf(present)
        : revisionOf(newest) + 1;
    const set = present ?? this.createSet(deployment, { hash, revision });
    const { metadata } = set;
    this.annotate(REPLICA_SETS, metadata, {
      ...handedDown(deployment),
      ...historyOf(set, revision),
      [REVISION]: String(revision),
    });
    this.annotate(this.resource, deployment.metadata, {
      [REVISION]: String(revision),
    });
    return set;
  }

  private annotate(
    resource: string,
    where: { namespace?: string; name: string },
    annotations: Record<string, string>,
  ): void {
    this.ports.objects.modify(resource, where, draft => {
      draft.metadata.annotations = {
        ...draft.metadata.annotations,
        ...annotations,
      };
    });
  }

  private createSet(
    deployment: Deployment,
    { hash, revision }: { hash: string; revision: number },
  ): ReplicaSet {
    const { metadata, spec } = deployment;
    const replicas = this.firstReplicas(deployment);
    const template = structuredClone(spec.template);
    template.metadata = {
      ...template.metadata,
      labels: { ...template.metadata?.labels, [HASH]: hash },
    };
    const created = this.ports.objects.create(REPLICA_SETS, {
      apiVersion: 'apps/v1',
      kind: 'ReplicaSet',
      metadata: {
        name: `${metadata.name}-${hash}`,
        namespace: metadata.namespace,
        labels: template.metadata.labels,
        annotations: {
          ...handedDown(deployment),
          [REVISION]: String(revision),
          ...sizeNotes(deployment),
        },
        ownerReferences: controlledBy(deployment),
      },
      spec: {
        replicas,
        ...(spec.minReadySeconds
          ? { minReadySeconds: spec.minReadySeconds }
          : {}),
        selector: {
          ...spec.selector,
          matchLabels: {
            ...spec.selector.matchLabels,
            [HASH]: hash,
          },
        },
        template,
      },
    });
    const { name } = created.metadata;
    this.tellScaled(deployment, { name, before: 0, replicas });
    return asReplicaSet(created);
  }

  /** How many pods a new set begins with: what the old ones leave room for. */
  private firstReplicas(deployment: Deployment): number {
    const { replicas: desired = 1, strategy } = deployment.spec;
    const old = this.sets(deployment);
    const total = old.reduce((sum, { spec }) => sum + (spec.replicas ?? 0), 0);
    if (strategy?.type === 'Recreate') {
      const pods = old.some(
        ({ metadata }) => this.ports.pods.of(metadata).length > 0,
      );
      return total > 0 || pods ? 0 : desired;
    }
    const { maxSurge } = rolloutBounds(desired, strategy?.rollingUpdate);
    return Math.max(0, Math.min(desired, desired + maxSurge - total));
  }

  private roll(deployment: Deployment, current: ReplicaSet): void {
    const desired = deployment.spec.replicas ?? 1;
    const recreate = deployment.spec.strategy?.type === 'Recreate';
    const bounds = rolloutBounds(
      desired,
      deployment.spec.strategy?.rollingUpdate,
    );
    const view = () => {
      const sets = this.sets(deployment).map(generationOf);
      const old = sets.filter(({ name }) => name !== current.metadata.name);
      const now =
        sets.find(({ name }) => name === current.metadata.name) ??
        generationOf(current);
      return { desired, ...bounds, current: now, old };
    };
    const old = recreate
      ? new Map(view().old.map(({ name }) => [name, 0]))
      : undefined;
    for (const [name, replicas] of old ?? nextOld(view()))
      this.scale(deployment, { name, replicas });
    const emptied =
      view().old.every(({ replicas }) => replicas === 0) &&
      this.oldPodsGone(deployment, current);
    if (recreate && !emptied) return;
    this.scale(deployment, {
      name: current.metadata.name,
      replicas: nextCurrent(view()),
    });
  }

  /** While it is paused, it is still resized: the only set that has pods, or the newest. */
  private resize(deployment: Deployment): void {
    const sets = this.sets(deployment);
    const active = sets.filter(({ spec }) => (spec.replicas ?? 0) > 0);
    const only = active.length > 1 ? undefined : active[0] ?? sets.at(-1);
    if (!only) return;
    const replicas = deployment.spec.replicas ?? 1;
    this.scale(deployment, { name: only.metadata.name, replicas });
  }

  private oldPodsGone(deployment: Deployment, current: ReplicaSet): boolean {
    return this.sets(deployment)
      .filter(({ metadata }) => metadata.name !== current.metadata.name)
      .every(({ metadata }) => this.ports.pods.of(metadata).length === 0);
  }

  private scale(
    deployment: Deployment,
    { name, replicas }: { name: string; replicas: number },
  ): void {
    const { namespace } = deployment.metadata;
    let before = replicas;
    this.ports.objects.modify(REPLICA_SETS, { namespace, name }, draft => {
      const set = asReplicaSet(draft);
      before = set.spec.replicas ?? 0;
      set.spec.replicas = replicas;
      set.metadata.annotations = {
        ...set.metadata.annotations,
        ...sizeNotes(deployment),
      };
    });
    this.tellScaled(deployment, { name, before, replicas });
  }

  private tellScaled(
    deployment: Deployment,
    change: { name: string; before: number; replicas: number },
  ): void {
    const { name, before, replicas } = change;
    if (before === replicas) return;
    const message = `Scaled ${
      before < replicas ? 'up' : 'down'
    } replica set ${name} from ${before} to ${replicas}`;
    this.ports.events.record(deployment, {
      reason: 'ScalingReplicaSet',
      message,
      component: COMPONENT,
    });
  }

  private cleanUp(deployment: Deployment, current: string): void {
    const limit = deployment.spec.revisionHistoryLimit ?? 10;
    const idle = this.sets(deployment).filter(
      ({ metadata, spec, status }) =>
        metadata.name !== current && spec.replicas === 0 && !status?.replicas,
    );
    for (const { metadata } of idle.slice(
      0,
      Math.max(0, idle.length - limit),
    )) {
      this.ports.objects.delete(REPLICA_SETS, metadata);
    }
  }

  private writeStatus(deployment: Deployment, current: string): void {
    const sets = this.sets(deployment);
    const now = this.ports.clock.now();
    this.ports.objects.modify(this.resource, deployment.metadata, draft => {
      draft.status = deploymentStatus(asDeployment(draft), {
        sets,
        current,
        now,
      });
    });
  }
}

const NOT_HANDED_DOWN = new Set([
  'kubectl.kubernetes.io/last-applied-configuration',
  REVISION,
  REVISION_HISTORY,
  'deployment.kubernetes.io/desired-replicas',
  'deployment.kubernetes.io/max-replicas',
  'deprecated.deployment.rollback.to',
]);

/** What a set notes of the size of its Deployment, which it is resized by in proportion. */
function sizeNotes({ spec }: Deployment): Record<string, string> {
  const desired = spec.replicas ?? 1;
  const { maxSurge } = rolloutBounds(desired, spec.strategy?.rollingUpdate);
  return {
    'deployment.kubernetes.io/desired-replicas': String(desired),
    'deployment.kubernetes.io/max-replicas': String(desired + maxSurge),
  };
}

/** The annotations a ReplicaSet takes from its Deployment, such as the cause of the change. */
function handedDown({ metadata }: Deployment): Record<string, string> {
  return Object.fromEntries(
    Object.entries(metadata.annotations ?? {}).filter(
      ([key]) => !NOT_HANDED_DOWN.has(key),
    ),
  );
}

/** The revisions a set stood for before it was rolled back to. */
function historyOf(set: ReplicaSet, revision: number): Record<string, string> {
  const before = revisionOf(set);
  if (before === revision || before === 0) return {};
  const past = set.metadata.annotations?.[REVISION_HISTORY];
  return { [REVISION_HISTORY]: past ? `${past},${before}` : String(before) };
}

function revisionOf(set: ReplicaSet | undefined): number {
  return Number(set?.metadata.annotations?.[REVISION] ?? 0);
}

function generationOf({ metadata, spec, status }: ReplicaSet) {
  const replicas = spec.replicas ?? 0;
  // The status may not yet know of the last scaling down.
  return {
    name: metadata.name,
    replicas,
    available: Math.min(replicas, status?.availableReplicas ?? 0),
  };
}
