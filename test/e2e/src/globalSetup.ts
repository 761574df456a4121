// SPDX-License-Identifier: Apache-2.0
import { startDemo } from './Demo';

/** Stories run in processes of their own and read where the demo is from here. */
export const DEMO_VARIABLE = 'TENANTRY_E2E_DEMO';

export default async function globalSetup(): Promise<() => Promise<void>> {
  const demo = await startDemo();
  process.env[DEMO_VARIABLE] = JSON.stringify({
    url: demo.url,
    clusters: demo.clusters,
  });
  return async () => {
    const code = await demo.stop();
    if (code !== 0) throw new Error(`The demo ended with code ${code}.`);
  };
}
