// SPDX-License-Identifier: Apache-2.0
import { setTimeout as sleep } from 'node:timers/promises';
import { request, type Agent } from 'undici';
import { clockMs } from './Follower';

export type PollerOptions = {
  readonly url: string;
  readonly token: string;
  readonly tenant: string;
  readonly everyMs: number;
  readonly dispatcher: Agent;
};

type PodList = {
  readonly items: readonly {
    readonly status: {
      readonly containerStatuses: readonly { readonly restartCount: number }[];
    };
  }[];
};

/** A page that asks the API server for a tenant’s pods, waits, and asks again. */
export class Poller {
  /** When a change was seen, in milliseconds since the epoch. */
  readonly changedAt: number[] = [];
  private restarts?: number;

  constructor(private readonly options: PollerOptions) {}

  /** Polls until the signal aborts, the first time after `delayMs`. */
  async run(delayMs: number, signal: AbortSignal): Promise<void> {
    await sleep(delayMs);
    while (!signal.aborted) {
      await this.poll();
      await sleep(this.options.everyMs);
    }
  }

  private async poll(): Promise<void> {
    const { url, token, tenant, dispatcher } = this.options;
    const path = `/api/v1/namespaces/${tenant}-prod/pods`;
    const headers = { authorization: `Bearer ${token}` };
    const { body } = await request(url + path, { headers, dispatcher });
    const { items } = (await body.json()) as PodList;
    const restarts = items
      .flatMap(pod => pod.status.containerStatuses)
      .reduce((sum, { restartCount }) => sum + restartCount, 0);
    if (this.restarts !== undefined && restarts !== this.restarts) {
      this.changedAt.push(clockMs());
    }
    this.restarts = restarts;
  }
}
