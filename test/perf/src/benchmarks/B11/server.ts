// SPDX-License-Identifier: Apache-2.0
import { startKubesim, type Kubesim } from '@tenantry/kubesim';
import { answerParent } from '../../answerParent';
import { ANSWER_MS, SYSTEM_NAMESPACE } from './place';

/** Where the server is. */
export type ServerAddress = {
  readonly url: string;
  readonly token: string;
  readonly kubeconfig: string;
};

let sim: Kubesim;

/** A simulated API server in a process of its own. */
const handlers = {
  async start(): Promise<ServerAddress> {
    sim = await startKubesim();
    // A cluster that has tenants already.
    sim.objects.create('namespaces', {
      apiVersion: 'v1',
      kind: 'Namespace',
      metadata: { name: SYSTEM_NAMESPACE },
    });
    sim.faults.arm({ kind: 'latency', ms: ANSWER_MS });
    const { url, token, kubeconfig } = sim;
    return { url, token, kubeconfig };
  },
  async reset(): Promise<void> {
    sim.requests.reset();
  },
  /** Requests since then, by verb and resource. */
  async counts(): Promise<Readonly<Record<string, number>>> {
    return sim.requests.counts();
  },
};

/** What the benchmark asks of the server. */
export type ServerHandlers = typeof handlers;

answerParent(handlers);
