// SPDX-License-Identifier: Apache-2.0

import { ApiTarget } from './ApiTarget';

const SIMULATOR_PATIENCE_MS = 3_000;

/** Starts the simulator as a control plane without nodes, as the real one is that the cases are recorded on. */
export async function startSimulator(): Promise<{
  target: ApiTarget;
  stop(): Promise<void>;
}> {
  const { startKubesim } = require(process.env.KUBESIM_SRC ?? '@tenantry/kubesim');
  const sim = await startKubesim({});
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
