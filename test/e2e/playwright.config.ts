// SPDX-License-Identifier: Apache-2.0
import { existsSync } from 'node:fs';
import { defineConfig, type ReporterDescription } from '@playwright/test';

const debianChromium = '/usr/bin/chromium';
const executablePath =
  process.env.CHROMIUM ??
  (existsSync(debianChromium) ? debianChromium : undefined);
// The file is named by PLAYWRIGHT_JSON_OUTPUT_NAME.
const reports: ReporterDescription[] = process.env.PLAYWRIGHT_JSON_OUTPUT_NAME
  ? [['json']]
  : [];

const files = (...names: string[]) => names.map(name => `${name}.story.ts`);

/** Stories that change nothing anybody else looks at. */
const looking = files(
  'everyPage',
  'guest',
  'home',
  'kubectl',
  'logLayout',
  'pageWeight',
  'personas',
);
/** Stories that change only a tenant of their own, or one that no other of these looks at. */
const ordering = files(
  'actions',
  'createTenant',
  'deepLinks',
  'layers',
  'logs',
  'nextSteps',
  'viewAs',
);

export default defineConfig({
  testDir: './src/stories',
  testMatch: '*.story.ts',
  outputDir: './results',
  globalSetup: './src/globalSetup.ts',
  // One portal and one set of clusters for all stories. Those that only look run first and side by side, then those with tenants of
  // their own, and alone those that break what others would see.
  workers: 2,
  projects: [
    { name: 'looking', testMatch: looking, fullyParallel: true },
    { name: 'ordering', testMatch: ordering, dependencies: ['looking'] },
    {
      name: 'breaking',
      testIgnore: [...looking, ...ordering],
      dependencies: ['ordering'],
      workers: 1,
    },
  ],
  timeout: 90_000,
  expect: { timeout: 20_000 },
  retries: 0,
  reporter: [['list'], ...reports],
  use: {
    browserName: 'chromium',
    viewport: { width: 1280, height: 800 },
    // A trace of every story takes a quarter of its time: `TENANTRY_TRACE=1` when one has to be looked into.
    trace: process.env.TENANTRY_TRACE ? 'retain-on-failure' : 'off',
    screenshot: 'only-on-failure',
    launchOptions: {
      executablePath,
      args: [
        '--no-sandbox',
        '--disable-gpu',
        '--disable-quic',
        '--no-first-run',
        '--disable-background-networking',
        '--disable-component-update',
        '--disable-sync',
      ],
    },
  },
});
