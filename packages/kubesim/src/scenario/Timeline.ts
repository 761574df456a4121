// SPDX-License-Identifier: Apache-2.0
import type { Load } from '../metrics/Load';
import type { Objects } from '../storage/Objects';
import { timestamp } from '../storage/timestamp';
import type { Clock } from '../time/Clock';
import type { Behaviour } from './Life';
import type { Scenario, TimelineEntry } from './Scenario';
import { VERSION_LABEL, WORKLOAD_RESOURCES } from './workloadObjects';

type Ports = {
  readonly objects: Objects;
  readonly clock: Clock;
  readonly setBehaviour: (
    resource: string,
    where: Target,
    behaviour: Behaviour,
  ) => void;
  /** The nodes run short of something, and throw the pods of the workload out. */
  readonly evict: (resource: string, where: Target, lacking: string) => void;
  readonly setLoad: (resource: string, where: Target, load: Load) => void;
  /** Pods of that image will behave so. */
  readonly setImageBehaviour: (
    resource: string,
    where: Target,
    image: { image: string; behaviour: Behaviour },
  ) => void;
};
type Target = { readonly namespace: string; readonly name: string };

/** Plays what the scenario says will happen. Entries with several values take them in turn, round and round. */
export class Timeline {
  private stopped = false;

  constructor(
    private readonly scenario: Scenario,
    private readonly ports: Ports,
  ) {}

  start(): void {
    for (const entry of this.scenario.timeline)
      this.schedule(entry, {
        turn: 0,
        waitMs: entry.at ?? entry.after ?? entry.every ?? 0,
      });
  }

  stop(): void {
    this.stopped = true;
  }

  private schedule(
    entry: TimelineEntry,
    { turn, waitMs }: { turn: number; waitMs: number },
  ): void {
    this.ports.clock.after(waitMs, () => {
      if (this.stopped) return;
      this.play(entry, turn);
      if (entry.every !== undefined)
        this.schedule(entry, { turn: turn + 1, waitMs: entry.every });
    });
  }

  private play(entry: TimelineEntry, turn: number): void {
    const resource = this.resourceOf(entry);
    const where = { namespace: entry.namespace, name: entry.workload };
    if (!resource) return;
    switch (entry.do) {
      case 'setBehaviour':
        this.ports.setBehaviour(
          resource,
          where,
          inTurn(entry.behaviours, turn),
        );
        break;
      case 'deploy':
        deploy(
          { ...this.ports, resource, where },
          inTurn(entry.releases, turn),
        );
        break;
      case 'scale':
        this.ports.objects.modify(resource, where, draft => {
          draft.spec = {
            ...draft.spec,
            replicas: inTurn(entry.replicas, turn),
          };
        });
        break;
      case 'evict':
        this.ports.evict(resource, where, entry.resource);
        break;
      case 'setLoad':
        this.ports.setLoad(resource, where, inTurn(entry.loads, turn));
        break;
      case 'restart':
        this.restart(resource, where);
        break;
      case 'delete':
        this.ports.objects.delete(resource, where);
        break;
      default:
        this.deletePod(where);
    }
  }

  private resourceOf({ namespace, workload }: TimelineEntry) {
    const home = this.scenario.namespaces.find(
      ({ name }) => name === namespace,
    );
    const found = home?.workloads.find(({ name }) => name === workload);
    return found && WORKLOAD_RESOURCES[found.kind];
  }

  private restart(resource: string, where: Target): void {
    const now = timestamp(this.ports.clock.now());
    this.ports.objects.modify(resource, where, draft => {
      const template = (draft.spec?.template ?? {}) as {
        metadata?: { annotations?: Record<string, string> };
      };
      const annotations = {
        ...template.metadata?.annotations,
        'kubectl.kubernetes.io/restartedAt': now,
      };
      template.metadata = { ...template.metadata, annotations };
    });
  }

  private deletePod({ namespace, name }: Target): void {
    const pod = this.ports.objects
      .list('pods', namespace)
      .find(
        ({ metadata }) =>
          metadata.labels?.['app.kubernetes.io/name'] === name &&
          !metadata.deletionTimestamp,
      );
    if (pod)
      this.ports.objects.delete('pods', { namespace, name: pod.metadata.name });
  }
}

type Deploy = Pick<Ports, 'objects' | 'setImageBehaviour'> & {
  readonly resource: string;
  readonly where: Target;
};
type Template = {
  metadata?: { labels?: Record<string, string> };
  spec?: { containers?: { image: string }[] };
};

/** Gives a workload another release: the tag of its image and its version labels. */
export function deploy(
  to: Deploy,
  { release, behaviour }: { release: string; behaviour?: Behaviour },
): void {
  const image = (present: string) =>
    `${present.slice(0, present.lastIndexOf(':'))}:${release}`;
  const workload = to.objects.get(to.resource, to.where);
  const containers =
    ((workload?.spec?.template ?? {}) as Template).spec?.containers ?? [];
  if (behaviour && containers[0])
    to.setImageBehaviour(to.resource, to.where, {
      image: image(containers[0].image),
      behaviour,
    });
  to.objects.modify(to.resource, to.where, draft => {
    const template = (draft.spec?.template ?? {}) as Template;
    for (const container of template.spec?.containers ?? [])
      container.image = image(container.image);
    if (template.metadata)
      template.metadata.labels = {
        ...template.metadata.labels,
        [VERSION_LABEL]: release,
      };
    draft.metadata.labels = {
      ...draft.metadata.labels,
      [VERSION_LABEL]: release,
    };
  });
}

function inTurn<T>(values: readonly T[], turn: number): T {
  return values[turn % values.length];
}
