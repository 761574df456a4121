// SPDX-License-Identifier: Apache-2.0
import { execFile, spawn } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';

const execute = promisify(execFile);
const MISSING =
  'kubectl is not on the PATH: install it to run the tests that prove the simulator serves the real client.';

/** The real `kubectl`, talking to a simulated cluster, with its caches in a directory of its own. */
export class Kubectl {
  private constructor(
    private readonly server: string,
    private readonly directory: string,
  ) {}

  /** @throws Error when there is no kubectl */
  static async start(server: string): Promise<Kubectl> {
    const directory = await mkdtemp(join(tmpdir(), 'kubesim-kubectl-'));
    const kubectl = new Kubectl(server, directory);
    try {
      await kubectl.run('version', '--client');
    } catch (error) {
      await kubectl.stop();
      const missing =
        error instanceof Error && 'code' in error && error.code === 'ENOENT';
      throw missing ? new Error(MISSING) : error;
    }
    return kubectl;
  }

  /** What the command prints. @throws Error with its stderr when it fails */
  async run(...args: string[]): Promise<string> {
    const { stdout } = await execute('kubectl', this.arguments(args), {
      env: this.environment(),
    });
    return stdout;
  }

  /** As `run`, for commands whose exit code says something, as that of `diff`. */
  async attempt(
    ...args: string[]
  ): Promise<{ code: number; stdout: string; stderr: string }> {
    return new Promise(resolve => {
      execFile(
        'kubectl',
        this.arguments(args),
        { env: this.environment() },
        (error, stdout, stderr) => {
          const code = typeof error?.code === 'number' ? error.code : 0;
          resolve({ code, stdout, stderr });
        },
      );
    });
  }

  /** Writes a manifest for `-f` and returns its path. */
  async manifest(name: string, object: unknown): Promise<string> {
    const path = join(this.directory, `${name}.json`);
    await writeFile(path, JSON.stringify(object));
    return path;
  }

  /** Runs a command that does not end by itself, and kills it after the first whole line. */
  async firstLine(...args: string[]): Promise<string> {
    const child = spawn('kubectl', this.arguments(args), {
      env: this.environment(),
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    const ended = new Promise<void>(resolve => child.once('close', resolve));
    let failure = '';
    child.stderr.on('data', chunk => (failure += chunk));
    let text = '';
    for await (const chunk of child.stdout) {
      text += chunk;
      if (text.includes('\n')) break;
    }
    child.kill();
    await ended;
    if (!text.includes('\n'))
      throw new Error(`kubectl ${args.join(' ')} ended early: ${failure}`);
    return text.slice(0, text.indexOf('\n'));
  }

  async stop(): Promise<void> {
    await rm(this.directory, { recursive: true, force: true });
  }

  private arguments(args: readonly string[]): string[] {
    const cache = join(this.directory, 'cache');
    return [`--server=${this.server}`, `--cache-dir=${cache}`, ...args];
  }

  private environment(): NodeJS.ProcessEnv {
    return { PATH: process.env.PATH, HOME: this.directory };
  }
}
