// SPDX-License-Identifier: Apache-2.0
import { fork, type ChildProcess } from 'node:child_process';
import { on, once } from 'node:events';
import { join } from 'node:path';
import { z } from 'zod';

const ready = z.object({ port: z.number() });
const restarted = z.object({ restarted: z.literal(true) });

/** The next message of that form. */
async function messageOf<T>(
  child: ChildProcess,
  schema: z.ZodType<T>,
): Promise<T> {
  for await (const [message] of on(child, 'message')) {
    const parsed = schema.safeParse(message);
    if (parsed.success) return parsed.data;
  }
  throw new Error('PostgreSQL is gone.');
}

/** A PostgreSQL server of one case, in a process of its own. */
export class RestartablePostgres {
  private constructor(
    private readonly child: ChildProcess,
    readonly port: number,
  ) {}

  static async start(): Promise<RestartablePostgres> {
    const child = fork(join(__dirname, 'postgresServer.mjs'), [], {
      execArgv: [],
    });
    const { port } = await messageOf(child, ready);
    return new RestartablePostgres(child, port);
  }

  /** The database, on this port or through a proxy before it. */
  connection(port = this.port): string {
    return `postgresql://postgres:postgres@127.0.0.1:${port}/postgres`;
  }

  /** Stops the server, cutting its connections, and starts it on the same data. */
  async restart(): Promise<void> {
    this.child.send('restart');
    await messageOf(this.child, restarted);
  }

  async stop(): Promise<void> {
    const ended = once(this.child, 'exit');
    this.child.disconnect();
    await ended;
  }
}
