// SPDX-License-Identifier: Apache-2.0
import { isActive, readySince, type Pod } from '../kubelet/Pod';
import {
  controlledBy,
  whereOf,
  type Controller,
  type ControllerPorts,
} from './ControllerPorts';
import { createPod, deletePod } from './createPod';
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
    const refused = this.step(set, revision);
    this.writeStatus(set, revision);
    return refused ? REFUSAL_RETRY_MS : undefined;
  }

  private pods(set: StatefulSet): Pod[] {
    return this.ports.pods
      .of(set.metadata)
      .sort((left, right) => ordinalOf(left) - ordinalOf(right));
  }

  /** One move at a time; the change it makes brings the next. Returns whether the API refused it. */
  private step(set: StatefulSet, revision: string): boolean {
    const replicas = set.spec.replicas ?? 1;
    const pods = this.pods(set);
    for (let ordinal = 0; ordinal < replicas; ordinal += 1) {
      const pod = pods.find(each => ordinalOf(each) === ordinal);
      if (!pod) return this.create(set, { ordinal, revision });
      if (
        readySince(pod) === undefined &&
        pod.metadata.labels?.[REVISION] === revision
      )
        return false;
      if (pod.metadata.deletionTimestamp) return false;
    }
    const last = pods.at(-1);
    if (pods.some(({ metadata }) => metadata.deletionTimestamp)) return false;
    const surplus = last && ordinalOf(last) >= replicas ? last : undefined;
    const outdated = [...pods]
      .reverse()
      .find(pod => pod.metadata.labels?.[REVISION] !== revision);
    const pod = surplus ?? outdated;
    if (pod) deletePod(this.ports, { owner: set, pod, component: COMPONENT });
    return false;
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
    const template = structuredClone(set.spec.template);
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
    const complete = updated === pods.length && ready === pods.length;
    this.recordRevision(set, revision);
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

  private recordRevision(set: StatefulSet, name: string): void {
    const resource = 'controllerrevisions.apps';
    const { namespace, labels } = set.metadata;
    try {
      if (this.ports.objects.get(resource, { namespace, name })) return;
      const revisions = this.ports.objects.list(resource, namespace).length;
      this.ports.objects.create(resource, {
        apiVersion: 'apps/v1',
        kind: 'ControllerRevision',
        metadata: {
          name,
          namespace,
          labels,
          ownerReferences: controlledBy(set),
        },
        data: { spec: { template: structuredClone(set.spec.template) } },
        revision: revisions + 1,
      });
    } catch {
      // A server without this kind works all the same.
    }
  }
}

function ordinalOf({ metadata }: Pod): number {
  return Number(metadata.name.slice(metadata.name.lastIndexOf('-') + 1));
}
