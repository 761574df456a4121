// SPDX-License-Identifier: Apache-2.0
import { spawnSync } from 'node:child_process';
import { run } from './run.mjs';

/** What the tests need beside npm packages, and the Debian package that brings it. */
const needs = [
  { command: 'chromium', debian: 'chromium' },
  { command: 'kubectl', debian: 'kubernetes-client' },
];

function isInstalled({ command }) {
  return spawnSync('sh', ['-c', `command -v ${command}`]).status === 0;
}

/** Installs missing system packages as root on Debian; elsewhere says what to install. */
export async function provision() {
  const missing = needs.filter(need => !isInstalled(need));
  if (missing.length === 0) return;
  const packages = missing.map(need => need.debian);
  if (
    process.getuid?.() !== 0 ||
    spawnSync('sh', ['-c', 'command -v apt-get']).status !== 0
  ) {
    throw new Error(
      `The tests need ${missing
        .map(n => n.command)
        .join(' and ')}. Install them (Debian: apt-get install ${packages.join(
        ' ',
      )}) and run again.`,
    );
  }
  console.log(`Installing ${packages.join(', ')} …`);
  const env = { DEBIAN_FRONTEND: 'noninteractive' };
  await run('apt-get', ['update', '-qq'], { env });
  const code = await run(
    'apt-get',
    ['install', '-y', '-qq', '--no-install-recommends', ...packages],
    { env },
  );
  if (code !== 0)
    throw new Error(`apt-get could not install ${packages.join(', ')}.`);
}
