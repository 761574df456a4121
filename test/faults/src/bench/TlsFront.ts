// SPDX-License-Identifier: Apache-2.0
import { connect, type Socket } from 'node:net';
import { createServer, type Server } from 'node:tls';

export type Identity = { readonly cert: string; readonly key: string };

/** Speaks TLS in front of a plain server, with a certificate that can be replaced. */
export class TlsFront {
  private readonly sockets = new Set<Socket>();
  private readonly server: Server;
  private bytes = 0;

  private constructor(identity: Identity, targetPort: number) {
    this.server = createServer(identity, client => {
      const server = connect(targetPort, '127.0.0.1');
      client.on('data', chunk => {
        this.bytes += chunk.length;
      });
      client.pipe(server).pipe(client);
      for (const socket of [client, server]) {
        this.sockets.add(socket);
        socket.on('error', () => socket.destroy());
        socket.on('close', () => {
          this.sockets.delete(socket);
          client.destroy();
          server.destroy();
        });
      }
    });
    // A client that does not trust us ends the handshake: as it is meant.
    this.server.on('tlsClientError', () => undefined);
  }

  static async start(
    identity: Identity,
    targetPort: number,
  ): Promise<TlsFront> {
    const front = new TlsFront(identity, targetPort);
    await new Promise<void>(resolve =>
      front.server.listen(0, '127.0.0.1', resolve),
    );
    return front;
  }

  get url(): string {
    const address = this.server.address();
    const port = typeof address === 'object' && address ? address.port : 0;
    return `https://127.0.0.1:${port}`;
  }

  /** Bytes that clients have entrusted to it. */
  get received(): number {
    return this.bytes;
  }

  /** Shows another certificate from now on; open connections are cut. */
  show(identity: Identity): void {
    this.server.setSecureContext(identity);
    for (const socket of this.sockets) socket.destroy();
  }

  async stop(): Promise<void> {
    for (const socket of this.sockets) socket.destroy();
    await new Promise(resolve => this.server.close(resolve));
  }
}
