// SPDX-License-Identifier: Apache-2.0
import { connect, createServer, type Server, type Socket } from 'node:net';

/** What writes: the end of a transaction, and the statements that are one by themselves. */
const WRITES = /COMMIT|WITH held|WITH free/;

/** A wire to PostgreSQL that loses the answer to every n-th write: the server has done it, the client is cut off. */
export class CommitCutter {
  private readonly sockets = new Set<Socket>();
  private readonly server: Server;
  private writes = 0;
  private cuts = 0;

  private constructor(targetPort: number, private readonly every: number) {
    this.server = createServer(client => this.accept(client, targetPort));
  }

  static async start(targetPort: number, every: number): Promise<CommitCutter> {
    const cutter = new CommitCutter(targetPort, every);
    await new Promise<void>(resolve =>
      cutter.server.listen(0, '127.0.0.1', resolve),
    );
    return cutter;
  }

  get port(): number {
    const address = this.server.address();
    return typeof address === 'object' && address ? address.port : 0;
  }

  /** Answers that were lost. */
  get lost(): number {
    return this.cuts;
  }

  async stop(): Promise<void> {
    for (const socket of this.sockets) socket.destroy();
    await new Promise(resolve => this.server.close(resolve));
  }

  private accept(client: Socket, targetPort: number): void {
    const server = connect(targetPort, '127.0.0.1');
    let armed = false;
    for (const socket of [client, server]) {
      this.sockets.add(socket);
      socket.on('error', () => socket.destroy());
      socket.on('close', () => {
        this.sockets.delete(socket);
        client.destroy();
        server.destroy();
      });
    }
    client.on('data', chunk => {
      if (WRITES.test(chunk.toString('latin1'))) {
        this.writes += 1;
        armed = this.writes % this.every === 0;
      }
      server.write(chunk);
    });
    server.on('data', chunk => {
      if (!armed) {
        client.write(chunk);
        return;
      }
      // The answer is here, so the server has committed.
      armed = false;
      this.cuts += 1;
      client.resetAndDestroy();
    });
  }
}
