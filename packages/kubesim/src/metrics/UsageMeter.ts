// SPDX-License-Identifier: Apache-2.0
import { parseQuantity } from '../admission/quantity';
import { controllerOf } from '../controllers/ControllerPorts';
import type { PodIndex } from '../controllers/PodIndex';
import type { Temperament } from '../kubelet/Behaviours';
import { pseudoHash } from '../kubelet/imageFacts';
import type { Container, Pod } from '../kubelet/Pod';
import type { Behaviour } from '../scenario/Life';
import type { Clock } from '../time/Clock';
import { shareOf, type Resource } from './Load';

/** How often the kubelet reads, as a metrics server says it: `window`. */
export const WINDOW_MS = 15_000;
/** A reading differs from the load by at most this part: less than the tolerance of an autoscaler. */
const JITTER = 0.05;
const WITHOUT_REQUEST: Readonly<Record<Resource, number>> = {
  cpu: 0.1,
  memory: 128 * 2 ** 20,
};
/** A load wanders this slowly. */
const JITTER_MS = 60_000;
const OOM_SECONDS = 45;

/** Cores and bytes. */
export type Usage = { readonly cpu: number; readonly memory: number };
export type ContainerUsage = Usage & { readonly name: string };

type Ports = {
  readonly clock: Clock;
  readonly pods: PodIndex;
  readonly temperamentOf: (pod: Pod) => Temperament;
  readonly behaviourOf: (pod: Pod) => Behaviour;
};

/** What running containers use now. Depends on the pod, its load and the time only: asking changes nothing. */
export class UsageMeter {
  constructor(private readonly ports: Ports) {}

  /** The time of the last reading. */
  readAt(): number {
    return Math.floor(this.ports.clock.now() / WINDOW_MS) * WINDOW_MS;
  }

  /** `undefined` when nothing of the pod runs, as a metrics server leaves it out. */
  usageOf(pod: Pod): readonly ContainerUsage[] | undefined {
    if (pod.status?.phase !== 'Running') return undefined;
    const running = new Map(
      [
        ...(pod.status.containerStatuses ?? []),
        ...(pod.status.initContainerStatuses ?? []),
      ].flatMap(({ name, state }) =>
        state.running ? [[name, state.running.startedAt] as const] : [],
      ),
    );
    const containers = [
      ...pod.spec.containers,
      ...(pod.spec.initContainers ?? []),
    ].filter(({ name }) => running.has(name));
    if (containers.length === 0) return undefined;
    const siblings = this.runningSiblings(pod);
    const behaviour = this.ports.behaviourOf(pod);
    return containers.map(container => ({
      name: container.name,
      cpu: this.read('cpu', { pod, container, siblings }),
      memory:
        behaviour.type === 'oom'
          ? this.climb(container, {
              since: Date.parse(running.get(container.name) ?? ''),
              seconds: behaviour.afterSeconds ?? OOM_SECONDS,
            })
          : this.read('memory', { pod, container, siblings }),
    }));
  }

  private read(
    resource: Resource,
    of: { pod: Pod; container: Container; siblings: number },
  ): number {
    const { pod, container, siblings } = of;
    const { requests, limits } = container.resources ?? {};
    const request =
      parseQuantity(requests?.[resource]) || WITHOUT_REQUEST[resource];
    const { load } = this.ports.temperamentOf(pod);
    const running = siblings * pod.spec.containers.length;
    const usual = shareOf(load, resource, { request, running });
    const turn = Math.floor(this.ports.clock.now() / JITTER_MS);
    const key = `${pod.metadata.uid}/${container.name}/${resource}/${turn}`;
    const part = Number.parseInt(pseudoHash(key, 6), 16) / 0xffffff;
    const value = usual * (1 + JITTER * (2 * part - 1));
    const limit = parseQuantity(limits?.[resource]);
    return limit > 0 ? Math.min(value, limit) : value;
  }

  /** Memory of a container that is going to be killed: up to its limit, which it meets when it is killed. */
  private climb(
    { resources }: Container,
    run: { since: number; seconds: number },
  ): number {
    const limit =
      parseQuantity(resources?.limits?.memory) || 4 * WITHOUT_REQUEST.memory;
    const ranMs = this.ports.clock.now() - run.since;
    return limit * Math.min(1, 0.3 + (0.7 * ranMs) / (run.seconds * 1000));
  }

  private runningSiblings(pod: Pod): number {
    const owner = controllerOf(pod);
    if (!owner) return 1;
    const { namespace } = pod.metadata;
    return this.ports.pods
      .of({ uid: owner.uid, namespace })
      .filter(({ status }) => status?.phase === 'Running').length;
  }
}
