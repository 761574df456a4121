// SPDX-License-Identifier: Apache-2.0
import { isActive, readySince, type Pod } from '../kubelet/Pod';
import {
  whereOf,
  type Controller,
  type ControllerPorts,
} from './ControllerPorts';
import { createPod, deletePod } from './createPod';
import { recordRevision, templateOfRevision } from './revisions';
import { templateHash } from './templateHash';
import { asStatefulSet, type StatefulSet } from './Workload';

const COMPONENT = 'statefulset-controller';
const REVISION = 'controller-revision-hash';
const REFUSAL_RETRY_MS = 15_000;

/** Keeps numbered pods: made in order, each when the one before is ready; replaced from the last. */
export class StatefulSetController implements Controller {
  readonly resource = 'statefulsets.apps';

  constructor(private readonly ports: ControllerPorts) {}

  reconcile(key: string): number | undefined {
    const object = this.ports.objects.get(this.resource, whereOf(key));
    if (!object || object.metadata.deletionTimestamp) return undefined;
    const set = asStatefulSet(object);
    const revision = `${set.metadata.name}-${templateHash(set.spec.template)}`;
    const inUse = new Set(
      this.pods(set).map(({ metadata }) => metadata.labels?.[REVISION] ?? ''),
    );
    inUse.add(set.status?.currentRevision ?? '');
    recordRevision(this.ports, set, { name: revision, inUse });
    const refused = this.step(set, revision);
    this.writeStatus(set, revision);
    return refused ? REFUSAL_RETRY_MS : undefined;
  }

  private pods(set: StatefulSet): Pod[] {
    return this.ports.pods
      .of(set.metadata)
      .sort((left, right) => ordinalOf(left) - ordinalOf(right));
  }

  /** One move at a time, or all at once when it is parallel. Returns whether the API refused a pod. */
  private step(set: StatefulSet, revision: string): boolean {
    const replicas = set.spec.replicas ?? 1;
    const parallel = set.spec.podManagementPolicy === 'Parallel';
    const pods = this.pods(set);
    for (let ordinal = 0; ordinal < replicas; ordinal += 1) {
      const pod = pods.find(each => ordinalOf(each) === ordinal);
      if (!pod) {
        const wanted = this.revisionFor(set, { ordinal, revision });
        const refused = this.create(set, { ordinal, revision: wanted });
        if (refused || !parallel) return refused;
      } else if (!parallel && !this.letsPass(pod, revision)) return false;
    }
    if (!parallel && pods.some(({ metadata }) => metadata.deletionTimestamp))
      return false;
    const surplus = pods.filter(
      pod => ordinalOf(pod) >= replicas && !pod.metadata.deletionTimestamp,
    );
    for (const pod of parallel ? surplus : surplus.slice(-1))
      deletePod(this.ports, { owner: set, pod, component: COMPONENT });
    if (surplus.length === 0) this.replaceOne(set, { pods, revision });
    return false;
  }

  /** Whether the next pod may be looked at: a new one that is not ready holds the others up, an old one does not. */
  private letsPass({ metadata, ...pod }: Pod, revision: string): boolean {
    if (metadata.deletionTimestamp) return false;
    const ready = readySince({ metadata, ...pod }) !== undefined;
    return ready || metadata.labels?.[REVISION] !== revision;
  }

  /** The last outdated pod goes, when all after it are ready. Those below the partition stay as they are. */
  private replaceOne(
    set: StatefulSet,
    { pods, revision }: { pods: readonly Pod[]; revision: string },
  ): void {
    const { type, rollingUpdate } = set.spec.updateStrategy ?? {};
    if (type === 'OnDelete') return;
    const partition = rollingUpdate?.partition ?? 0;
    for (const pod of [...pods].reverse()) {
      if (ordinalOf(pod) < partition || pod.metadata.deletionTimestamp) return;
      if (pod.metadata.labels?.[REVISION] !== revision) {
        deletePod(this.ports, { owner: set, pod, component: COMPONENT });
        return;
      }
      if (readySince(pod) === undefined) return;
    }
  }

  /** Below the partition a pod that is missing comes back as it was. */
  private revisionFor(
    { spec, status }: StatefulSet,
    { ordinal, revision }: { ordinal: number; revision: string },
  ): string {
    const partition = spec.updateStrategy?.rollingUpdate?.partition ?? 0;
    return ordinal < partition ? status?.currentRevision ?? revision : revision;
  }

  private create(
    set: StatefulSet,
    { ordinal, revision }: { ordinal: number; revision: string },
  ): boolean {
    const name = `${set.metadata.name}-${ordinal}`;
    const labels = {
      'apps.kubernetes.io/pod-index': String(ordinal),
      [REVISION]: revision,
      'statefulset.kubernetes.io/pod-name': name,
    };
    const claims = this.createClaims(set, name);
    const { namespace } = set.metadata;
    const template =
      templateOfRevision(this.ports, { namespace, name: revision }) ??
      structuredClone(set.spec.template);
    template.spec.hostname = name;
    if (set.spec.serviceName) template.spec.subdomain = set.spec.serviceName;
    if (claims.length > 0)
      template.spec.volumes = [...claims, ...(template.spec.volumes ?? [])];
    const result = createPod(this.ports, {
      owner: set,
      template,
      component: COMPONENT,
      name,
      labels,
    });
    return 'refused' in result;
  }

  private createClaims(set: StatefulSet, pod: string) {
    const { namespace } = set.metadata;
    return (set.spec.volumeClaimTemplates ?? []).map(({ metadata, spec }) => {
      const claimName = `${metadata.name}-${pod}`;
      if (
        !this.ports.objects.get('persistentvolumeclaims', {
          namespace,
          name: claimName,
        })
      ) {
        this.ports.objects.create('persistentvolumeclaims', {
          apiVersion: 'v1',
          kind: 'PersistentVolumeClaim',
          metadata: {
            name: claimName,
            namespace,
            labels: set.spec.selector.matchLabels,
          },
          spec: structuredClone(spec),
        });
      }
      return { name: metadata.name, persistentVolumeClaim: { claimName } };
    });
  }

  private writeStatus(set: StatefulSet, revision: string): void {
    const pods = this.pods(set).filter(isActive);
    const ready = pods.filter(pod => readySince(pod) !== undefined).length;
    const updated = pods.filter(
      pod => pod.metadata.labels?.[REVISION] === revision,
    ).length;
    const wanted = set.spec.replicas ?? 1;
    const complete = updated === wanted && ready === wanted;
    this.ports.objects.modify(this.resource, set.metadata, draft => {
      const { status } = asStatefulSet(draft);
      const currentRevision = complete
        ? revision
        : status?.currentRevision ?? revision;
      const old = pods.filter(
        pod => pod.metadata.labels?.[REVISION] === currentRevision,
      ).length;
      draft.status = {
        observedGeneration: draft.metadata.generation,
        replicas: pods.length,
        ...(ready ? { readyReplicas: ready } : {}),
        ...(old ? { currentReplicas: old } : {}),
        ...(updated ? { updatedReplicas: updated } : {}),
        currentRevision,
        updateRevision: revision,
        collisionCount: 0,
        availableReplicas: ready,
      };
    });
  }
}

function ordinalOf({ metadata }: Pod): number {
  return Number(metadata.name.slice(metadata.name.lastIndexOf('-') + 1));
}
