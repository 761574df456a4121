// SPDX-License-Identifier: Apache-2.0
import { readySince, type Pod } from '../kubelet/Pod';
import {
  whereOf,
  type Controller,
  type ControllerPorts,
} from './ControllerPorts';
import { createPod, deletePod } from './createPod';
import { recordRevision } from './revisions';
import { partOf } from './rollingUpdate';
import { templateHash } from './templateHash';
import { asDaemonSet, type DaemonSet } from './Workload';

const COMPONENT = 'daemonset-controller';
const REVISION = 'controller-revision-hash';
const REFUSAL_RETRY_MS = 15_000;

/** Keeps one pod on each node; an update replaces one at a time. */
export class DaemonSetController implements Controller {
  readonly resource = 'daemonsets.apps';

  constructor(private readonly ports: ControllerPorts) {}

  reconcile(key: string): number | undefined {
    const object = this.ports.objects.get(this.resource, whereOf(key));
    if (!object || object.metadata.deletionTimestamp) return undefined;
    const set = asDaemonSet(object);
    const revision = templateHash(set.spec.template);
    const name = `${set.metadata.name}-${revision}`;
    const inUse = new Set(
      this.pods(set).map(
        ({ metadata }) =>
          `${set.metadata.name}-${metadata.labels?.[REVISION] ?? ''}`,
      ),
    );
    recordRevision(this.ports, set, { name, inUse });
    const refused = this.fill(set, revision);
    this.leaveNodes(set);
    this.replace(set, revision);
    this.writeStatus(set, revision);
    return refused ? REFUSAL_RETRY_MS : undefined;
  }

  private pods(set: DaemonSet): Pod[] {
    return this.ports.pods.of(set.metadata);
  }

  private fill(set: DaemonSet, revision: string): boolean {
    const taken = new Set(this.pods(set).map(({ spec }) => spec.nodeName));
    const free = this.nodeNames().filter(name => !taken.has(name));
    const results = free.map(nodeName =>
      createPod(this.ports, {
        owner: set,
        template: set.spec.template,
        component: COMPONENT,
        nodeName,
        labels: {
          [REVISION]: revision,
          'pod-template-generation': String(set.metadata.generation ?? 1),
        },
      }),
    );
    return results.some(result => 'refused' in result);
  }

  /** Pods of nodes that are no more go with them. */
  private leaveNodes(set: DaemonSet): void {
    const known = new Set(this.nodeNames());
    for (const pod of this.pods(set)) {
      const stray = !known.has(pod.spec.nodeName ?? '');
      if (stray && !pod.metadata.deletionTimestamp)
        deletePod(this.ports, { owner: set, pod, component: COMPONENT });
    }
  }

  /** Outdated pods go, as many at a time as may be unavailable; those that do not serve first. */
  private replace(set: DaemonSet, revision: string): void {
    const { type, rollingUpdate } = set.spec.updateStrategy ?? {};
    if (type === 'OnDelete') return;
    const pods = this.pods(set);
    const serves = (pod: Pod) =>
      !pod.metadata.deletionTimestamp && readySince(pod) !== undefined;
    const outdated = pods
      .filter(
        ({ metadata }) =>
          metadata.labels?.[REVISION] !== revision &&
          !metadata.deletionTimestamp,
      )
      .sort((left, right) => Number(serves(left)) - Number(serves(right)));
    const nodes = this.nodeNames().length;
    const unavailable = Math.max(
      1,
      partOf(nodes, rollingUpdate?.maxUnavailable ?? 1, Math.ceil),
    );
    let room = unavailable - pods.filter(pod => !serves(pod)).length;
    for (const pod of outdated) {
      // One that does not serve makes nothing worse by going.
      if (serves(pod) && room <= 0) return;
      if (serves(pod)) room -= 1;
      deletePod(this.ports, { owner: set, pod, component: COMPONENT });
    }
  }

  private nodeNames(): string[] {
    return this.ports.objects
      .list('nodes')
      .map(({ metadata }) => metadata.name);
  }

  private writeStatus(set: DaemonSet, revision: string): void {
    const pods = this.pods(set).filter(
      ({ metadata }) => !metadata.deletionTimestamp,
    );
    const ready = pods.filter(pod => readySince(pod) !== undefined).length;
    const desired = this.nodeNames().length;
    const updated = pods.filter(
      ({ metadata }) => metadata.labels?.[REVISION] === revision,
    ).length;
    this.ports.objects.modify(this.resource, set.metadata, draft => {
      draft.status = {
        currentNumberScheduled: pods.length,
        numberMisscheduled: 0,
        desiredNumberScheduled: desired,
        numberReady: ready,
        observedGeneration: draft.metadata.generation,
        ...(updated ? { updatedNumberScheduled: updated } : {}),
        ...(ready ? { numberAvailable: ready } : {}),
        ...(desired > ready ? { numberUnavailable: desired - ready } : {}),
      };
    });
  }
}
