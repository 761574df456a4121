// SPDX-License-Identifier: Apache-2.0
import { readySince, type Pod } from '../kubelet/Pod';
import {
  whereOf,
  type Controller,
  type ControllerPorts,
} from './ControllerPorts';
import { createPod, deletePod } from './createPod';
import { templateHash } from './templateHash';
import { asDaemonSet, type DaemonSet } from './Workload';

const COMPONENT = 'daemonset-controller';
const REVISION = 'controller-revision-hash';
const REFUSAL_RETRY_MS = 15_000;

/** Keeps one pod on each node; an update replaces one at a time. */
export class DaemonSetController implements Controller {
  readonly resource = 'daemonsets.apps';

  constructor(
    private readonly ports: ControllerPorts & {
      readonly nodeNames: readonly string[];
    },
  ) {}

  reconcile(key: string): number | undefined {
    const object = this.ports.objects.get(this.resource, whereOf(key));
    if (!object || object.metadata.deletionTimestamp) return undefined;
    const set = asDaemonSet(object);
    const revision = templateHash(set.spec.template);
    const refused = this.fill(set, revision);
    this.replaceOne(set, revision);
    this.writeStatus(set, revision);
    return refused ? REFUSAL_RETRY_MS : undefined;
  }

  private pods(set: DaemonSet): Pod[] {
    return this.ports.pods.of(set.metadata);
  }

  private fill(set: DaemonSet, revision: string): boolean {
    const taken = new Set(this.pods(set).map(({ spec }) => spec.nodeName));
    const free = this.ports.nodeNames.filter(name => !taken.has(name));
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

  private replaceOne(set: DaemonSet, revision: string): void {
    const pods = this.pods(set);
    const busy = pods.some(
      pod => pod.metadata.deletionTimestamp || readySince(pod) === undefined,
    );
    const outdated = pods.find(
      ({ metadata }) =>
        metadata.labels?.[REVISION] !== revision && !metadata.deletionTimestamp,
    );
    if (outdated && !busy)
      deletePod(this.ports, {
        owner: set,
        pod: outdated,
        component: COMPONENT,
      });
  }

  private writeStatus(set: DaemonSet, revision: string): void {
    const pods = this.pods(set).filter(
      ({ metadata }) => !metadata.deletionTimestamp,
    );
    const ready = pods.filter(pod => readySince(pod) !== undefined).length;
    const desired = this.ports.nodeNames.length;
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
        updatedNumberScheduled: updated,
        ...(ready ? { numberAvailable: ready } : {}),
        ...(desired > ready ? { numberUnavailable: desired - ready } : {}),
      };
    });
  }
}
