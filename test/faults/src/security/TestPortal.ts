// SPDX-License-Identifier: Apache-2.0
import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';

const BACKEND = join(__dirname, '../../../../packages/backend');
const START_TIMEOUT_MS = 90_000;

/** Whose token a request carries. */
export type TokenName =
  | 'paul'
  | 'mia'
  | 'ada'
  | 'pia'
  | 'guest'
  | 'restricted'
  | 'unrestricted'
  | 'expired';

type TestPortalOptions = {
  /** A permission that everybody is given by mistake. */
  readonly hole?: string;
  /** A file of catalogue entities that describe clusters. */
  readonly catalogFile?: string;
};

/** A simulated cluster of the portal. */
type TestCluster = {
  readonly name: string;
  readonly url: string;
  readonly token: string;
};

/** What the portal’s process says of itself. */
type Probe = {
  readonly prototypeKeys: readonly string[];
  readonly rssBytes: number;
};

/** A portal with the shipped policy on the demo’s clusters, in a process of its own. */
export class TestPortal {
  private constructor(
    private readonly child: ChildProcess,
    readonly url: string,
    private readonly tokens: Readonly<Record<TokenName, string>>,
    readonly clusters: readonly TestCluster[],
  ) {}

  static async start(options: TestPortalOptions = {}): Promise<TestPortal> {
    const child = spawn(
      process.execPath,
      [
        '--no-warnings',
        '--require',
        '@backstage/cli-node/config/nodeTransform.cjs',
        'src/__testUtils__/portalProcess.ts',
        JSON.stringify(options),
      ],
      {
        cwd: BACKEND,
        env: { ...process.env, NODE_ENV: undefined, LOG_LEVEL: undefined },
        stdio: ['ignore', 'pipe', 'pipe'],
      },
    );
    try {
      const said = JSON.parse(await firstLineOfJson(child));
      return new TestPortal(child, said.url, said.tokens, said.clusters);
    } catch (error) {
      child.kill('SIGKILL');
      throw error;
    }
  }

  /** Asks the portal. @param who - Left out: without a token. */
  async call(
    path: string,
    who?: TokenName,
    init: RequestInit = {},
  ): Promise<Response> {
    return fetch(`${this.url}${path}`, {
      ...init,
      headers: {
        'Content-Type': 'application/json',
        ...(who && { Authorization: `Bearer ${this.tokens[who]}` }),
        ...init.headers,
      },
    });
  }

  /** Looks into the process. */
  async probe(): Promise<Probe> {
    const response = await this.call('/api/probe/', 'pia');
    if (!response.ok) throw new Error(`No probe: ${response.status}`);
    return response.json();
  }

  /** The token itself, for what `fetch` cannot send. */
  tokenOf(who: TokenName): string {
    return this.tokens[who];
  }

  /** All token texts, to look for where none may stand. */
  secrets(): string[] {
    return Object.values(this.tokens);
  }

  async stop(): Promise<void> {
    if (this.child.exitCode !== null) return;
    const exited = once(this.child, 'exit');
    this.child.kill('SIGKILL');
    await exited;
  }
}

function firstLineOfJson(child: ChildProcess): Promise<string> {
  return new Promise((resolve, reject) => {
    let output = '';
    const fail = (why: string) => reject(new Error(`${why}\n${output}`));
    const timer = setTimeout(
      () => fail('The portal did not start in time.'),
      START_TIMEOUT_MS,
    );
    const read = (chunk: Buffer) => {
      output += chunk.toString();
      const line = output.split('\n').find(text => /^\{"url".*\}$/.test(text));
      if (line === undefined) return;
      clearTimeout(timer);
      child.stdout?.off('data', read).resume();
      child.stderr?.off('data', read).resume();
      resolve(line);
    };
    child.stdout?.on('data', read);
    child.stderr?.on('data', read);
    child.once('exit', code => {
      clearTimeout(timer);
      fail(`The portal ended with code ${code}.`);
    });
  });
}
