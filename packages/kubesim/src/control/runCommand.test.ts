// SPDX-License-Identifier: Apache-2.0
import { mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parse } from 'yaml';
import { runCommand } from './runCommand';

describe('the kubesim command', () => {
  let directory: string;
  let printed: string;
  let complaints: string;

  beforeEach(async () => {
    directory = await mkdtemp(join(tmpdir(), 'kubesim-command-'));
    printed = '';
    complaints = '';
    jest.spyOn(process.stdout, 'write').mockImplementation(text => {
      printed += String(text);
      return true;
    });
    jest.spyOn(process.stderr, 'write').mockImplementation(text => {
      complaints += String(text);
      return true;
    });
  });
  afterEach(async () => {
    jest.restoreAllMocks();
    process.exitCode = undefined;
    await rm(directory, { recursive: true });
  });

  it('serves a scenario, writes a private kubeconfig and stops on SIGTERM', async () => {
    const out = join(directory, 'config');
    const scenario = join(directory, 'small.yaml');
    await writeFile(
      scenario,
      'clusterName: small\nnamespaces: [{ name: shop }]\n',
    );
    const before = process.listeners('SIGTERM');
    await runCommand([
      ...['--port', '0', '--host', '127.0.0.1', '--scenario', scenario],
      ...['--kubeconfig-out', out, '--speed', '2', '--seed', '7'],
    ]);
    expect(printed).toMatch(
      /^kubesim listens on http:\/\/127\.0\.0\.1:\d+, kubeconfig in /,
    );
    expect((await stat(out)).mode % 0o1000).toBe(0o600);
    const { server } = parse(await readFile(out, 'utf8')).clusters[0].cluster;
    const path = `${server}/api/v1/namespaces/shop`;
    expect((await fetch(path)).status).toBe(200);
    for (const signal of ['SIGTERM', 'SIGINT'] as const) {
      for (const listener of process.listeners(signal)) {
        if (before.includes(listener)) continue;
        process.off(signal, listener);
        if (signal === 'SIGTERM') listener(signal);
      }
    }
    await expect(fetch(path)).rejects.toThrow();
  });

  it.each([
    [['--port', 'many'], '--port takes a number, not "many".'],
    [['--speed', '-1', '--port', '0'], 'kubesim: '],
    [['--colour', 'red'], "Unknown option '--colour'"],
    [['--port', '0', '--scenario', '/nowhere.yaml'], '/nowhere.yaml'],
  ])('says what is wrong with %p', async (args, why) => {
    await runCommand(args);
    expect(complaints).toContain(why);
    expect(process.exitCode).toBe(1);
  });
});
