// SPDX-License-Identifier: Apache-2.0
import { test as base } from '@playwright/test';
import type { Demo } from './Demo';
import { DEMO_VARIABLE } from './globalSetup';
import { Simulator } from './Simulator';

type Fixtures = {
  readonly demo: Pick<Demo, 'url' | 'clusters'>;
  /** The simulated cluster `eu-west`. */
  readonly euWest: Simulator;
  /** The simulated cluster `us-east`. */
  readonly usEast: Simulator;
};

function simulatorOf({ clusters }: Pick<Demo, 'clusters'>, name: string) {
  const cluster = clusters.find(one => one.name === name);
  if (!cluster) throw new Error(`The demo has no cluster ${name}.`);
  return new Simulator(cluster);
}

/** A story told to the running demo. Fails when a page throws, or asks anybody else for anything. */
export const story = base.extend<Fixtures>({
  demo: async ({}, use) => {
    await use(JSON.parse(process.env[DEMO_VARIABLE] ?? '{}'));
  },
  baseURL: async ({ demo }, use) => use(demo.url),
  euWest: async ({ demo }, use) => {
    await use(simulatorOf(demo, 'eu-west'));
  },
  usEast: async ({ demo }, use) => {
    await use(simulatorOf(demo, 'us-east'));
  },
  page: async ({ page, demo }, use) => {
    const faults: string[] = [];
    page.on('pageerror', error => faults.push(error.message));
    page.on('request', request => {
      const { protocol, origin } = new URL(request.url());
      if (protocol.startsWith('http') && origin !== demo.url) {
        faults.push(`asked ${origin}`);
      }
    });
    await use(page);
    base.expect(faults).toEqual([]);
  },
});

export const { expect } = story;
