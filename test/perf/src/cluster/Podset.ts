// SPDX-License-Identifier: Apache-2.0
import type { KubeObject, Objects } from '@tenantry/kubesim';

type Names = { readonly namespace: string; readonly name: string };

function statusOf(pod: KubeObject): {
  containerStatuses: { restartCount: number }[];
  conditions: { lastProbeTime: unknown }[];
} {
  return pod.status as ReturnType<typeof statusOf>;
}

/** The pods of a cluster, changed in a seeded order. */
export class Podset {
  private readonly pods: readonly Names[];
  private probes = 0;
  private born = 0;

  constructor(
    private readonly objects: Objects,
    private readonly random: () => number,
  ) {
    this.pods = objects.list('pods').map(({ metadata }) => ({
      namespace: metadata.namespace ?? '',
      name: metadata.name,
    }));
  }

  /** A change of any pod: of what the product shows, or of nothing it shows. */
  change(isReal: boolean): void {
    const pod = this.pods[Math.floor(this.random() * this.pods.length)];
    if (isReal) this.restart(pod);
    else this.probe(pod);
  }

  /** The pod of a namespace restarts. */
  restartIn(namespace: string): void {
    const [pod] = this.objects.list('pods', namespace);
    if (pod) this.restart({ namespace, name: pod.metadata.name });
  }

  /** A pod appears and goes again, with a new name each time. */
  cycle(): void {
    const at = Math.floor(this.random() * this.pods.length);
    const model = this.objects.get('pods', this.pods[at]);
    if (!model) return;
    const { uid: _, resourceVersion: __, ...metadata } = model.metadata;
    const name = `short-${this.born++}`;
    this.objects.create('pods', {
      ...structuredClone(model),
      metadata: { ...structuredClone(metadata), name },
    });
    const where = { namespace: metadata.namespace ?? '', name };
    this.objects.delete('pods', where, { gracePeriodSeconds: 0 });
  }

  private restart(where: Names): void {
    this.objects.modify('pods', where, pod => {
      statusOf(pod).containerStatuses[0].restartCount += 1;
    });
  }

  private probe(where: Names): void {
    const at = new Date(this.probes++ * 1000).toISOString();
    this.objects.modify('pods', where, pod => {
      statusOf(pod).conditions[0].lastProbeTime = at;
    });
  }
}
