// SPDX-License-Identifier: Apache-2.0
import { build, type Plugin } from 'esbuild';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const PLUGIN = join(__dirname, '../../../../../plugins/tenants/src');

/** Pages of the two sides in a folder of their own. */
export type Pages = {
  readonly folder: string;
  remove(): Promise<void>;
};

/** Types that the portal's own pages are built from are not there for the browser. */
const nodeOnly: Plugin = {
  name: 'node-only',
  setup(builder) {
    builder.onResolve({ filter: /^node:|^(fs|path|crypto|util)$/ }, args => ({
      path: args.path,
      namespace: 'empty',
    }));
    builder.onLoad({ filter: /.*/, namespace: 'empty' }, () => ({
      contents: 'module.exports = {};',
    }));
  },
};

/** Builds both pages, as a portal would for production. */
export async function bundlePages(): Promise<Pages> {
  const folder = await mkdtemp(join(tmpdir(), 'b9-'));
  await build({
    entryPoints: {
      ours: join(__dirname, 'page/ours.tsx'),
      peer: join(__dirname, 'page/peer.tsx'),
      worker: join(PLUGIN, 'logs/work/log.worker.ts'),
    },
    outdir: folder,
    bundle: true,
    minify: true,
    format: 'iife',
    platform: 'browser',
    jsx: 'automatic',
    conditions: ['browser', 'import'],
    mainFields: ['browser', 'module', 'main'],
    loader: {
      '.module.css': 'local-css',
      '.svg': 'dataurl',
      '.woff2': 'dataurl',
    },
    define: {
      'process.env.NODE_ENV': '"production"',
      'process.env': '{}',
      global: 'globalThis',
      'import.meta.url': '"http://bench/"',
    },
    plugins: [nodeOnly],
    logLevel: 'error',
  });
  for (const side of ['ours', 'peer']) {
    await writeFile(
      join(folder, `${side}.html`),
      `<!doctype html><html data-theme-mode="light"><meta charset="utf-8"><link rel="stylesheet" href="${side}.css"><body><script src="${side}.js"></script></body></html>`,
    );
  }
  return { folder, remove: () => rm(folder, { recursive: true, force: true }) };
}
