// SPDX-License-Identifier: Apache-2.0
import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { extname, join } from 'node:path';
import { chromium, type Page } from 'playwright-core';

const DEBIAN_CHROMIUM = '/usr/bin/chromium';
const VIEWPORT = { width: 1280, height: 800 };
const TYPES = new Map([
  ['.html', 'text/html'],
  ['.js', 'text/javascript'],
  ['.css', 'text/css'],
]);

/** A page in a browser of its own. */
export type OpenPage = {
  readonly page: Page;
  /** Bytes of the page's objects after a collection. */
  heapBytes(): Promise<number>;
  close(): Promise<void>;
};

async function serve(folder: string) {
  const server = createServer(async (request, response) => {
    const name = new URL(request.url ?? '/', 'http://bench').pathname;
    try {
      const body = await readFile(join(folder, name.replaceAll('/', '')));
      const type = TYPES.get(extname(name)) ?? 'application/octet-stream';
      response.writeHead(200, { 'content-type': type }).end(body);
    } catch {
      response.writeHead(404).end();
    }
  });
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve));
  return server;
}

/** Opens a page of a folder in headless Chromium. */
export async function openPage(
  folder: string,
  name: string,
): Promise<OpenPage> {
  const server = await serve(folder);
  const { port } = server.address() as AddressInfo;
  const executablePath =
    process.env.CHROMIUM ??
    (existsSync(DEBIAN_CHROMIUM) ? DEBIAN_CHROMIUM : undefined);
  const browser = await chromium.launch({
    executablePath,
    args: [
      '--no-sandbox',
      '--disable-gpu',
      '--disable-quic',
      '--no-first-run',
      '--disable-background-networking',
      '--disable-component-update',
      '--disable-sync',
      '--enable-precise-memory-info',
    ],
  });
  const page = await browser.newPage({ viewport: VIEWPORT });
  const faults: string[] = [];
  page.on('pageerror', error => faults.push(error.message));
  await page.goto(`http://127.0.0.1:${port}/${name}.html`);
  await page.waitForFunction(() => window.bench !== undefined);
  if (faults.length > 0) throw new Error(`${name}: ${faults.join('; ')}`);
  const session = await page.context().newCDPSession(page);
  return {
    page,
    async heapBytes() {
      await session.send('HeapProfiler.collectGarbage');
      const usage = await session.send('Runtime.getHeapUsage');
      // Bytes outside of the collector's heap, as those of typed arrays, count as well.
      const backing: unknown = Reflect.get(usage, 'backingStorageSize');
      return usage.usedSize + (typeof backing === 'number' ? backing : 0);
    },
    async close() {
      await browser.close();
      server.close();
    },
  };
}
