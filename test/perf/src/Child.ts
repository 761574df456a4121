// SPDX-License-Identifier: Apache-2.0
import { fork, type ChildProcess } from 'node:child_process';
import { createRequire } from 'node:module';
import type { Answer, Handlers } from './answerParent';

const nodeTransform = createRequire(__filename).resolve(
  '@backstage/cli-node/config/nodeTransform.cjs',
);

// Its standard output is not ours: Backstage logs there.
const STDIO: ['ignore', 'ignore', 'inherit', 'ipc'] = [
  'ignore',
  'ignore',
  'inherit',
  'ipc',
];

export type ChildOptions = {
  /** How large its heap may grow. Default 2048. */
  readonly heapMb?: number;
};

type Waiting = {
  readonly resolve: (value: unknown) => void;
  readonly reject: (error: Error) => void;
};

/**
 * A TypeScript file that runs in a process of its own, so that its CPU time and memory are nobody else’s. It answers calls with the
 * handlers it passed to `answerParent`, and ends when this process does.
 */
export class Child<H extends Handlers> {
  private readonly waiting = new Map<number, Waiting>();
  private readonly ended: Promise<void>;
  private nextId = 1;
  private gone?: Error;

  private constructor(
    private readonly file: string,
    private readonly process: ChildProcess,
  ) {
    process.on('message', (answer: Answer) => this.settle(answer));
    this.ended = new Promise(resolve => {
      const end = (why: string) => {
        this.gone ??= new Error(`${file} ${why}.`);
        for (const { reject } of this.waiting.values()) reject(this.gone);
        this.waiting.clear();
        resolve();
      };
      process.once('error', error => end(error.message));
      process.once('exit', (code, signal) => end(`ended (${signal ?? code})`));
    });
  }

  /** Starts it. */
  static start<H extends Handlers>(
    file: string,
    { heapMb = 2048 }: ChildOptions = {},
  ): Child<H> {
    const execArgv = [
      '--expose-gc',
      '--no-warnings',
      `--max-old-space-size=${heapMb}`,
      '--require',
      nodeTransform,
    ];
    const env = { ...process.env, NODE_ENV: 'production', LOG_LEVEL: 'error' };
    const child = fork(file, { execArgv, env, stdio: STDIO });
    return new Child<H>(file, child);
  }

  get pid(): number {
    return this.process.pid ?? 0;
  }

  /** Calls one of its handlers. @throws Error when that failed, or the process has ended */
  call<K extends keyof H & string>(
    name: K,
    ...input: Parameters<H[K]>
  ): Promise<Awaited<ReturnType<H[K]>>> {
    if (this.gone) return Promise.reject(this.gone);
    const id = this.nextId++;
    return new Promise((resolve, reject) => {
      this.waiting.set(id, {
        resolve: value => resolve(value as Awaited<ReturnType<H[K]>>),
        reject,
      });
      this.process.send({ id, name, input: input[0] });
    });
  }

  /** Ends it at once. */
  async stop(): Promise<void> {
    this.process.kill('SIGKILL');
    await this.ended;
  }

  private settle({ id, value, error }: Answer): void {
    const call = this.waiting.get(id);
    this.waiting.delete(id);
    if (error === undefined) call?.resolve(value);
    else call?.reject(new Error(`${this.file}: ${error}`));
  }
}
