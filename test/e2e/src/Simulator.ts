// SPDX-License-Identifier: Apache-2.0
import type { SimulatedCluster } from './Demo';

type Behaviour =
  | { readonly type: 'healthy' }
  | { readonly type: 'oom'; readonly afterSeconds?: number }
  | { readonly type: 'crashLoop'; readonly exitCode?: number };

/** Where a workload is in a cluster. */
export type WorkloadRef = { readonly namespace: string; readonly name: string };

/** The control API of a simulated cluster: makes things go wrong, and right again. */
export class Simulator {
  constructor(readonly cluster: SimulatedCluster) {}

  /** Changes how the pods of a deployment behave from now on. */
  async setBehaviour(
    { namespace, name }: WorkloadRef,
    behaviour: Behaviour,
  ): Promise<void> {
    await this.call(
      `/_sim/workloads/${namespace}/deployments/${name}/behaviour`,
      { method: 'POST', body: JSON.stringify({ behaviour }) },
    );
  }

  /** From now on its API server answers nothing but that it is unavailable. */
  async fail(): Promise<void> {
    const down = { kind: 'httpStatus', status: 503, times: 1_000_000 };
    for (const fault of [down, { kind: 'watchReset', times: 1_000 }]) {
      await this.call('/_sim/faults', {
        method: 'POST',
        body: JSON.stringify(fault),
      });
    }
  }

  /** Its API server answers again. */
  async recover(): Promise<void> {
    await this.call('/_sim/faults', { method: 'DELETE' });
  }

  private async call(path: string, init: RequestInit): Promise<void> {
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
  }
}
