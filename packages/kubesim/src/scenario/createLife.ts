// SPDX-License-Identifier: Apache-2.0
import { ControllerErrors } from '../controllers/ControllerErrors';
import { ControllerManager } from '../controllers/ControllerManager';
import { EventRecorder } from '../controllers/EventRecorder';
import { PodIndex } from '../controllers/PodIndex';
import { Behaviours } from '../kubelet/Behaviours';
import { Kubelet } from '../kubelet/Kubelet';
import { asPod } from '../kubelet/Pod';
import { Nodes } from '../kubelet/Nodes';
import { LogWriters } from '../logs/LogWriters';
import type { Load } from '../metrics/Load';
import { MetricsApi } from '../metrics/MetricsApi';
import { UsageMeter } from '../metrics/UsageMeter';
import { timestamp } from '../storage/timestamp';
import { isRewindable } from '../time/RewindableClock';
import type { Behaviour, Life, LifePorts } from './Life';
import { namespaceObjects, nodeIp, nodeObjects } from './namespaceObjects';
import { gitopsDefinitions, gitopsObjects } from './gitopsObjects';
import { storageObjects } from './storageObjects';
import type { Scenario, ScenarioNamespace, ScenarioWorkload } from './Scenario';
import { deploy, Timeline } from './Timeline';
import {
  workloadObjects,
  WORKLOAD_RESOURCES,
  type Placed,
} from './workloadObjects';

const AUTOSCALED_LOAD = '70%';

type Where = { readonly namespace?: string; readonly name: string };

class SimulatedLife implements Life {
  readonly logs: LogWriters;
  readonly metrics: MetricsApi;
  readonly errors: ControllerErrors;
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
    const { objects, clock } = ports;
    const errors = new ControllerErrors(clock);
    this.errors = errors;
    const events = new EventRecorder({ ...ports, errors });
    const nodes = new Nodes(
      scenario.nodes.map(({ name }, index) => ({ name, ip: nodeIp(index) })),
    );
    this.logs = new LogWriters(ports);
    this.behaviours = new Behaviours(objects);
    this.pods = new PodIndex(objects);
    const meter = new UsageMeter({
      clock,
      pods: this.pods,
      temperamentOf: pod => this.behaviours.of(pod),
      behaviourOf: pod => this.kubelet.behaviourOf(pod),
    });
    this.metrics = new MetricsApi({ objects, meter });
    this.kubelet = new Kubelet({
      ...ports,
      events,
      errors,
      nodes,
      logs: this.logs,
      behaviours: this.behaviours,
      pods: this.pods,
    });
    this.controllers = new ControllerManager({
      ...ports,
      events,
      pods: this.pods,
      errors,
      meter,
      fateOf: (resource, where) =>
        this.behaviours.get(resource, where).behaviour,
    });
    this.timeline = new Timeline(scenario, {
      ...ports,
      setBehaviour: (resource, where, behaviour) =>
        this.setBehaviour(resource, where, behaviour),
      setLoad: (resource, where, load) => this.setLoad(resource, where, load),
      evict: (resource, where, lacking) =>
        this.kubelet.evict({ resource, ...where }, lacking),
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
    for (const placed of [
      ...nodeObjects(this.scenario, timestamp(clock.now())),
      ...storageObjects(this.scenario),
      ...gitopsDefinitions(this.scenario),
    ])
      this.ensure(placed);
    for (const namespace of this.scenario.namespaces) this.begin(namespace);
    relive?.settle();
    this.timeline.start();
  }

  setBehaviour(resource: string, where: Where, behaviour: Behaviour): boolean {
    if (!this.ports.objects.get(resource, where)) return false;
    const { logs, runSeconds, load } = this.behaviours.get(resource, where);
    this.behaviours.set(resource, where, { behaviour, logs, runSeconds, load });
    this.kubelet.reconsider(resource, where);
    this.controllers.enqueue(resource, where);
    return true;
  }

  behaviourOf(where: Where): Behaviour {
    const pod = this.ports.objects.get('pods', where);
    return pod ? this.kubelet.behaviourOf(asPod(pod)) : { type: 'healthy' };
  }

  setLoad(resource: string, where: Where, load: Load): boolean {
    if (!this.ports.objects.get(resource, where)) return false;
    const present = this.behaviours.get(resource, where);
    this.behaviours.set(resource, where, { ...present, load });
    return true;
  }

  stop(): void {
    this.timeline.stop();
    this.stopListening();
    this.controllers.stop();
    // Logs first: nobody reads what would be written at the end of each.
    this.logs.stop();
    this.kubelet.stop();
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
    for (const { behaviour, ...placed } of gitopsObjects(namespace)) {
      const { name = '' } = placed.object.metadata;
      const where = { namespace: namespace.name, name };
      this.behaviours.set(placed.resource, where, { behaviour });
      this.ensure(placed);
    }
    if (namespace.finalizerHold)
      this.hold(namespace.name, namespace.finalizerHold);
  }

  private beginWorkload(
    namespace: ScenarioNamespace,
    workload: ScenarioWorkload,
  ): void {
    const { behaviour, logs, runSeconds, upgrade, hpa } = workload;
    // An autoscaled workload is busy just as its autoscaler likes it, unless the scenario says more.
    const load = workload.load ?? (hpa ? { cpu: AUTOSCALED_LOAD } : undefined);
    const resource = WORKLOAD_RESOURCES[workload.kind];
    const where = { namespace: namespace.name, name: workload.name };
    this.behaviours.set(resource, where, { behaviour, logs, runSeconds, load });
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
