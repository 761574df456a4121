// SPDX-License-Identifier: Apache-2.0
import { setTimeout as delay } from 'node:timers/promises';
import { startKubesim, type Objects } from '@tenantry/kubesim';
import { changePods, putTenants, TENANTS } from './tenantObjects';

/** What the parent asks for: so many rounds of changes, one after the other. */
type Order = { readonly rounds: number; readonly pauseMs: number };

async function change(objects: Objects, order: Order): Promise<void> {
  for (let round = 1; round <= order.rounds; round++) {
    for (const tenant of TENANTS) changePods(objects, tenant, round);
    await delay(order.pauseMs);
  }
}

/** A simulated cluster in a process of its own, which goes on while the product’s process is blocked. */
async function main(): Promise<void> {
  const sim = await startKubesim({ seed: Number(process.argv[2]) });
  putTenants(sim.objects);
  process.on('message', (order: Order) => {
    void change(sim.objects, order).then(() => process.send?.({ done: true }));
  });
  process.on('disconnect', () => process.exit());
  process.send?.({ url: sim.url, token: sim.token });
}

void main();
