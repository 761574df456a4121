// SPDX-License-Identifier: Apache-2.0
import type { Page } from '@playwright/test';
import { weighScript, type LoadedFile } from '../pageWeight';
import { expect, story } from '../story';

const LIMIT_BYTES = 250_000;
/** What is loaded when it is needed and not before. */
const LAZY_SOURCES =
  /\/(logs\/LogView|logs\/LogsTab|logs\/LogHistogram|parameters\/SchemaForm|module\/DependencyGraph|translations\/de)/;
const LAZY_PACKAGES = [
  '@rjsf/core',
  'yaml',
  'anser',
  '@tanstack/react-virtual',
];

async function weighPage(page: Page, address: string): Promise<LoadedFile[]> {
  const scripts = new Set<string>();
  page.on('response', response => {
    if (/\/static\/.*\.js$/.test(response.url())) scripts.add(response.url());
  });
  await page.goto(address);
  await expect(
    page.getByTestId('tenants-table').getByRole('rowheader').first(),
  ).toBeVisible();
  await page.waitForLoadState('load');
  return [...scripts].map(weighScript);
}

story('the tenants page brings little code of ours', async ({ page }) => {
  const files = await weighPage(page, '/tenants?persona=pia');
  const withOurs = files.filter(file => file.ours > 0);
  const ours = withOurs.reduce((sum, file) => sum + file.ours, 0);
  const all = files.reduce((sum, file) => sum + file.bytes, 0);
  const kilobytes = (bytes: number) => `${(bytes / 1000).toFixed(1)} kB`;
  process.stdout.write(
    `${[
      ...withOurs.map(
        ({ name, bytes, ours: part }) =>
          `${name}: ${kilobytes(part)} of ${kilobytes(bytes)}`,
      ),
      `ours: ${kilobytes(ours)} of ${kilobytes(all)}, compressed`,
    ].join('\n')}\n`,
  );
  expect(ours).toBeGreaterThan(10_000);
  expect(ours).toBeLessThanOrEqual(LIMIT_BYTES);
  const early = withOurs
    .flatMap(file => file.sources)
    .filter(source => LAZY_SOURCES.test(source));
  expect(early).toEqual([]);
  const packages = withOurs.flatMap(file => file.packages);
  expect(LAZY_PACKAGES.filter(name => packages.includes(name))).toEqual([]);
});
