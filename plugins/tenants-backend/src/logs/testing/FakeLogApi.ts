// SPDX-License-Identifier: Apache-2.0
import {
  KubeError,
  type KubeApi,
  type LogOptions,
} from '@tenantry/backstage-plugin-tenants-node';

type FakeLog = {
  readonly chunks: Buffer[];
  ended: boolean;
  error?: KubeError;
  wake?: () => void;
};

/** An API server that serves logs only, as a test writes them. */
export class FakeLogApi implements KubeApi {
  readonly requests: LogOptions[] = [];
  private readonly logs = new Map<string, FakeLog>();
  private readonly previous = new Map<string, FakeLog>();

  constructor(readonly cluster = 'east') {}

  /** Writes to the log of a pod’s container `main`. */
  write(pod: string, text: string | Buffer): void {
    const log = this.logOf(pod);
    log.chunks.push(Buffer.from(text));
    log.wake?.();
  }

  /** Ends a pod’s log, as when the container exits, or breaks it off with an error. */
  end(pod: string, error?: KubeError): void {
    const log = this.logOf(pod);
    log.ended = true;
    log.error = error;
    log.wake?.();
  }

  /** Lets an ended log begin anew, as when the container restarts. What it said before is its previous log. */
  restart(pod: string): void {
    this.previous.set(pod, this.logOf(pod));
    this.logs.delete(pod);
  }

  /** Nothing of the run before is left. */
  forgetPrevious(pod: string): void {
    this.previous.delete(pod);
  }

  async *readLog(options: LogOptions): AsyncGenerator<Buffer, void, void> {
    this.requests.push(options);
    const log = options.previous
      ? this.previousOf(options.pod)
      : this.logOf(options.pod);
    let next = 0;
    for (;;) {
      if (options.signal.aborted) return;
      if (next < log.chunks.length) {
        yield log.chunks[next].subarray(0, options.limitBytes);
        next += 1;
      } else if (log.error) {
        throw log.error;
      } else if (log.ended || !options.follow) {
        return;
      } else {
        await new Promise<void>(resolve => {
          log.wake = resolve;
          options.signal.addEventListener('abort', () => resolve());
        });
      }
    }
  }

  list(): never {
    throw new Error('Only logs are served.');
  }

  watch(): never {
    throw new Error('Only logs are served.');
  }

  apply(): never {
    throw new Error('Only logs are served.');
  }

  create(): never {
    throw new Error('Only logs are served.');
  }

  mergePatch(): never {
    throw new Error('Only logs are served.');
  }

  delete(): never {
    throw new Error('Only logs are served.');
  }

  reviewAccess(): never {
    throw new Error('Only logs are served.');
  }

  async get(): Promise<never> {
    throw logFailure(404, 'NotFound');
  }

  async version(): Promise<string> {
    return 'v1.32.0';
  }

  async close(): Promise<void> {}

  private previousOf(pod: string): FakeLog {
    const log = this.previous.get(pod);
    if (!log) throw logFailure(400, 'BadRequest');
    return log;
  }

  private logOf(pod: string): FakeLog {
    const log = this.logs.get(pod) ?? { chunks: [], ended: false };
    this.logs.set(pod, log);
    return log;
  }
}

/** A failure of the API server. */
export function logFailure(status: number | undefined, reason: string) {
  return new KubeError('It failed.', {
    cluster: 'east',
    resource: 'pods/log',
    reason,
    ...(status === undefined ? {} : { status }),
  });
}
