// SPDX-License-Identifier: Apache-2.0
import {
  startKubesim,
  type Kubesim,
  type KubesimOptions,
} from '@tenantry/kubesim';
import type { BenchCluster } from './BenchCluster';
import { TcpProxy } from './TcpProxy';
import { churn, putTenants } from './tenantObjects';

/** A simulated cluster with both tenants in it, reached through a wire that can be broken. */
export class SimulatedCluster implements BenchCluster {
  private constructor(
    readonly name: string,
    readonly sim: Kubesim,
    readonly wire: TcpProxy,
  ) {}

  static async start(
    name: string,
    options: KubesimOptions,
  ): Promise<SimulatedCluster> {
    const sim = await startKubesim(options);
    putTenants(sim.objects);
    const wire = await TcpProxy.start(Number(new URL(sim.url).port));
    return new SimulatedCluster(name, sim, wire);
  }

  /** Its address through the wire. */
  get url(): string {
    return `http://127.0.0.1:${this.wire.port}`;
  }

  get token(): string {
    return this.sim.token;
  }

  served(resource: string): readonly unknown[] {
    try {
      return this.sim.objects.list(resource);
    } catch {
      return [];
    }
  }

  /** Requests so far for a kind: lists and watches. */
  asked(resource: string): number {
    const { requests } = this.sim;
    return requests.get(`list ${resource}`) + requests.get(`watch ${resource}`);
  }

  /** Creates, changes and deletes pods of both tenants, a few of each. */
  churn(round: number): void {
    churn(this.sim.objects, round);
  }

  async stop(): Promise<void> {
    await this.wire.stop();
    await this.sim.stop();
  }
}
