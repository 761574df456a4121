// SPDX-License-Identifier: Apache-2.0
import { readdirSync } from 'node:fs';
import { bundlePages } from './bundlePages';

describe('bundlePages', () => {
  it('builds the pages of both sides and the worker', async () => {
    const { folder, remove } = await bundlePages();
    const files = readdirSync(folder).sort();
    await remove();
    expect(files).toEqual(
      expect.arrayContaining([
        'ours.css',
        'ours.html',
        'ours.js',
        'peer.html',
        'peer.js',
        'worker.js',
      ]),
    );
  }, 60_000);
});
