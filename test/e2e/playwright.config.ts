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

export default defineConfig({
  testDir: './src/stories',
  testMatch: '*.story.ts',
  outputDir: './results',
  globalSetup: './src/globalSetup.ts',
  // One portal and one set of clusters for all stories.
  workers: 1,
  timeout: 90_000,
  expect: { timeout: 20_000 },
  retries: 0,
  reporter: [['list'], ...reports],
  use: {
    browserName: 'chromium',
    viewport: { width: 1280, height: 800 },
    trace: 'retain-on-failure',
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
