// SPDX-License-Identifier: Apache-2.0
import { startKubesim } from '@tenantry/kubesim';
import { ApiTarget } from './ApiTarget';

const SIMULATOR_PATIENCE_MS = 5_000;

/** Starts the simulator as a control plane without nodes, as the real one is that the cases are recorded on. */
export async function startSimulator(): Promise<{
  target: ApiTarget;
  stop(): Promise<void>;
}> {
  const sim = await startKubesim({ controllers: true });
  // A watch from the first version has to be from a forgotten one.
  sim.compact();
  const target = new ApiTarget(sim.url, {
    token: sim.token,
    tls: {},
    patienceMs: SIMULATOR_PATIENCE_MS,
  });
  const stop = async () => {
    target.close();
    await sim.stop();
  };
  return { target, stop };
}
