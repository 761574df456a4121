// SPDX-License-Identifier: Apache-2.0
import { ControllerManager } from '../controllers/ControllerManager';
import { EventRecorder } from '../controllers/EventRecorder';
import { PodIndex } from '../controllers/PodIndex';
import { Behaviours } from '../kubelet/Behaviours';
import { Kubelet } from '../kubelet/Kubelet';
import { Nodes } from '../kubelet/Nodes';
import { LogWriters } from '../logs/LogWriters';
import { timestamp } from '../storage/timestamp';
import { isRewindable } from '../time/RewindableClock';
import type { Behaviour, Life, LifePorts } from './Life';
import { namespaceObjects, nodeIp, nodeObjects } from './namespaceObjects';
import type { Scenario, ScenarioNamespace, ScenarioWorkload } from './Scenario';
import { deploy, Timeline } from './Timeline';
import {
  workloadObjects,
  WORKLOAD_RESOURCES,
  type Placed,
} from './workloadObjects';

type Where = { readonly namespace?: string; readonly name: string };

class SimulatedLife implements Life {
  readonly logs: LogWriters;
  private readonly behaviours: Behaviours;
  private readonly pods: PodIndex;
  private readonly kubelet: Kubelet;
  private readonly controllers: ControllerManager;
  private readonly timeline: Timeline;
  private stopListening = () => {};

  constructor(
    private readonly scenario: Scenario,
    private readonly ports: LifePorts,
  ) {
    const { objects } = ports;
    const events = new EventRecorder(ports);
    const nodes = new Nodes(
      scenario.nodes.map(({ name }, index) => ({ name, ip: nodeIp(index) })),
    );
    this.logs = new LogWriters(ports);
    this.behaviours = new Behaviours(objects);
    this.pods = new PodIndex(objects);
    this.kubelet = new Kubelet({
      ...ports,
      events,
      nodes,
      logs: this.logs,
      behaviours: this.behaviours,
      pods: this.pods,
    });
    this.controllers = new ControllerManager({
      ...ports,
      events,
      pods: this.pods,
      nodeNames: nodes.all.map(({ name }) => name),
    });
    this.timeline = new Timeline(scenario, {
      ...ports,
      setBehaviour: (resource, where, behaviour) =>
        this.setBehaviour(resource, where, behaviour),
      setImageBehaviour: (resource, where, image) =>
        this.setImageBehaviour(resource, where, image),
    });
  }

  start(): void {
    const { clock, objects } = this.ports;
    const relive = isRewindable(clock) ? clock : undefined;
    relive?.rewind(this.scenario.startedAgo);
    this.stopListening = objects.onChange(change => {
      this.pods.observe(change);
      this.kubelet.observe(change);
      this.controllers.observe(change);
    });
    for (const placed of nodeObjects(this.scenario, timestamp(clock.now())))
      this.ensure(placed);
    for (const namespace of this.scenario.namespaces) this.begin(namespace);
    relive?.settle();
    this.logs.start();
    this.timeline.start();
  }

  setBehaviour(resource: string, where: Where, behaviour: Behaviour): boolean {
    if (!this.ports.objects.get(resource, where)) return false;
    const { logs, runSeconds } = this.behaviours.get(resource, where);
    this.behaviours.set(resource, where, { behaviour, logs, runSeconds });
    this.kubelet.reconsider(resource, where);
    return true;
  }

  stop(): void {
    this.timeline.stop();
    this.stopListening();
    this.controllers.stop();
    this.kubelet.stop();
    this.logs.stop();
  }

  private setImageBehaviour(
    resource: string,
    where: Where,
    { image, behaviour }: { image: string; behaviour: Behaviour },
  ): void {
    const present = this.behaviours.get(resource, where);
    this.behaviours.set(resource, where, {
      ...present,
      byImage: { ...present.byImage, [image]: behaviour },
    });
  }

  private ensure({ resource, object }: Placed): void {
    const { namespace, name = '' } = object.metadata;
    if (!this.ports.objects.get(resource, { namespace, name }))
      this.ports.objects.create(resource, object);
  }

  private begin(namespace: ScenarioNamespace): void {
    for (const placed of namespaceObjects(namespace)) this.ensure(placed);
    for (const workload of namespace.workloads)
      this.beginWorkload(namespace, workload);
    if (namespace.finalizerHold)
      this.hold(namespace.name, namespace.finalizerHold);
  }

  private beginWorkload(
    namespace: ScenarioNamespace,
    workload: ScenarioWorkload,
  ): void {
    const { behaviour, logs, runSeconds, upgrade } = workload;
    const resource = WORKLOAD_RESOURCES[workload.kind];
    const where = { namespace: namespace.name, name: workload.name };
    this.behaviours.set(resource, where, { behaviour, logs, runSeconds });
    for (const placed of workloadObjects(namespace, workload))
      this.ensure(placed);
    if (!upgrade) return;
    const setImageBehaviour = this.setImageBehaviour.bind(this);
    this.ports.clock.after(this.sinceStart(upgrade.ago), () =>
      deploy(
        { objects: this.ports.objects, setImageBehaviour, resource, where },
        upgrade,
      ),
    );
  }

  /** A namespace that cannot go: something in it waits for a finalizer that nobody removes. */
  private hold(
    namespace: string,
    { finalizer, ago }: { finalizer: string; ago: number },
  ): void {
    this.ensure({
      resource: 'configmaps',
      object: {
        apiVersion: 'v1',
        kind: 'ConfigMap',
        metadata: {
          name: 'archive-before-delete',
          namespace,
          finalizers: [finalizer],
        },
        data: { state: 'pending' },
      },
    });
    this.ports.clock.after(this.sinceStart(ago), () =>
      this.ports.objects.delete('namespaces', { name: namespace }),
    );
  }

  private sinceStart(ago: number): number {
    return isRewindable(this.ports.clock)
      ? Math.max(0, this.scenario.startedAgo - ago)
      : 0;
  }
}

/**
 * Makes the objects of a scenario live. When the clock can be set back, `start` relives the time since the scenario
 * began, so that objects are old, crash loops have their restarts and events their counts.
 *
 * @public
 */
export function createLife(scenario: Scenario, ports: LifePorts): Life {
  return new SimulatedLife(scenario, ports);
}
