// SPDX-License-Identifier: Apache-2.0
import { fork, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { resolve } from 'node:path';
import type { ConfigReader } from '@backstage/config';

type Settings = NonNullable<ConstructorParameters<typeof ConfigReader>[0]>;

const script = resolve(__dirname, 'kubernetesBackend.ts');
const transform = require.resolve('@backstage/cli/config/nodeTransform.cjs');

/** A backend with the Kubernetes plugin in another process. */
export class KubernetesBackendProcess {
  private constructor(
    private readonly child: ChildProcess,
    /** As in `http://127.0.0.1:7007/api/kubernetes`. */
    readonly url: string,
  ) {}

  /** Resolves when the plugin serves. @throws Error with what the process said, when it stopped first */
  static async start(config: Settings): Promise<KubernetesBackendProcess> {
    const child = fork(script, {
      execArgv: ['--no-warnings', '--require', transform],
      silent: true,
    });
    let said = '';
    child.stdout?.on('data', (part: Buffer) => (said += part.toString()));
    child.stderr?.on('data', (part: Buffer) => (said += part.toString()));
    let port = 0;
    const started = new Promise<void>((done, fail) => {
      child.on('message', (message: { port?: number; started?: boolean }) => {
        port = message.port ?? port;
        if (message.started) done();
      });
      child.once('exit', () => fail(new Error(`It stopped. ${said}`)));
    });
    child.send(config);
    await started;
    const url = `http://127.0.0.1:${port}/api/kubernetes`;
    return new KubernetesBackendProcess(child, url);
  }

  async stop(): Promise<void> {
    if (this.child.exitCode !== null || this.child.signalCode !== null) return;
    const exited = once(this.child, 'exit');
    this.child.kill('SIGKILL');
    await exited;
  }
}
