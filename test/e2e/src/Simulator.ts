// SPDX-License-Identifier: Apache-2.0
import type { SimulatedCluster } from './Demo';

type Behaviour =
  | { readonly type: 'healthy' }
  | { readonly type: 'oom' }
  | { readonly type: 'crashLoop'; readonly exitCode?: number };

type WorkloadRef = { readonly namespace: string; readonly name: string };

/** The control API of a simulated cluster: makes things go wrong, and right again. */
export class Simulator {
  constructor(readonly cluster: SimulatedCluster) {}

  /** Finds a deployment by name, wherever it is. */
  async findDeployment(name: string): Promise<WorkloadRef> {
    const query = new URLSearchParams({
      fieldSelector: `metadata.name=${name}`,
    });
    const response = await this.call(`/apis/apps/v1/deployments?${query}`);
    const list = (await response.json()) as {
      items: { metadata: WorkloadRef }[];
    };
    const [found] = list.items;
    if (!found) {
      throw new Error(`${this.cluster.name} has no deployment ${name}.`);
    }
    return found.metadata;
  }

  /** Changes how the pods of a deployment behave from now on. */
  async setBehaviour(
    { namespace, name }: WorkloadRef,
    behaviour: Behaviour,
  ): Promise<void> {
    await this.call(
      `/_sim/workloads/${namespace}/deployments/${name}/behaviour`,
      { method: 'POST', body: JSON.stringify(behaviour) },
    );
  }

  private async call(path: string, init: RequestInit = {}): Promise<Response> {
    const response = await fetch(`${this.cluster.url}${path}`, {
      ...init,
      headers: {
        authorization: `Bearer ${this.cluster.token}`,
        'content-type': 'application/json',
      },
    });
    if (!response.ok) {
      throw new Error(`${path}: ${response.status} ${await response.text()}`);
    }
    return response;
  }
}
