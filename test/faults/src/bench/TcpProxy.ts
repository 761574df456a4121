// SPDX-License-Identifier: Apache-2.0
import { createServer, connect, type Server, type Socket } from 'node:net';

type Pair = {
  readonly client: Socket;
  readonly server: Socket;
  /** When the server last sent something. */
  heardAt: number;
};

/**
 * A wire that can be broken: passes bytes on, until told otherwise.
 *
 * - `blackhole`: nothing passes, nothing is refused, and after `heal` it all arrives, as when packets are sent again;
 * - `halfOpen`: what is open now stays open and carries nothing more, ever; new connections work;
 * - `refuse`: what is open is cut, new connections are refused by a reset.
 */
export class TcpProxy {
  private readonly pairs = new Set<Pair>();
  private readonly silenced = new Set<Pair>();
  private readonly listeners = new Set<(sent: Buffer) => void>();
  private readonly server: Server;
  private mode: 'passing' | 'holding' | 'refusing' = 'passing';
  private accepted = 0;

  private constructor(private readonly target: { readonly port: number }) {
    this.server = createServer({ pauseOnConnect: true }, client =>
      this.accept(client),
    );
  }

  /** Begins to pass connections on to a port of this machine. */
  static async start(targetPort: number): Promise<TcpProxy> {
    const proxy = new TcpProxy({ port: targetPort });
    await new Promise<void>(resolve =>
      proxy.server.listen(0, '127.0.0.1', resolve),
    );
    return proxy;
  }

  get port(): number {
    const address = this.server.address();
    return typeof address === 'object' && address ? address.port : 0;
  }

  /** Connections that came while something was broken. */
  get hit(): number {
    return this.accepted;
  }

  /** Counts the requests from now on whose first bytes hold a text. */
  countRequests(text: string): () => number {
    let count = 0;
    this.listeners.add(sent => {
      if (sent.includes(text)) count++;
    });
    return () => count;
  }

  blackhole(): void {
    this.mode = 'holding';
    for (const pair of this.pairs) hold(pair);
  }

  /**
   * Those that have carried nothing for `idleMs` are ended instead, as a server ends what nobody uses.
   * Returns how many connections it struck.
   */
  halfOpen(idleMs: number): number {
    const since = Date.now() - idleMs;
    const idle = [...this.pairs].filter(({ heardAt }) => heardAt < since);
    for (const { client } of idle) client.end();
    const struck = [...this.pairs].filter(({ heardAt }) => heardAt >= since);
    for (const pair of struck) {
      silence(pair);
      this.pairs.delete(pair);
      this.silenced.add(pair);
    }
    return struck.length;
  }

  refuse(): void {
    this.mode = 'refusing';
    this.cut();
  }

  heal(): void {
    this.mode = 'passing';
    for (const pair of this.pairs) release(pair);
  }

  /** Ends every connection with a reset. */
  cut(): void {
    for (const { client, server } of [...this.pairs, ...this.silenced]) {
      client.resetAndDestroy();
      server.resetAndDestroy();
    }
  }

  async stop(): Promise<void> {
    this.cut();
    await new Promise(resolve => this.server.close(resolve));
  }

  private accept(client: Socket): void {
    if (this.mode !== 'passing') this.accepted++;
    if (this.mode === 'refusing') {
      client.resetAndDestroy();
      return;
    }
    const server = connect(this.target.port, '127.0.0.1');
    const pair = { client, server, heardAt: Date.now() };
    client.on('data', sent => this.listeners.forEach(tell => tell(sent)));
    server.on('data', () => {
      pair.heardAt = Date.now();
    });
    this.pairs.add(pair);
    for (const [from, to] of [
      [client, server],
      [server, client],
    ] as const) {
      from.on('data', chunk => void to.write(chunk));
      from.on('end', () => to.end());
      from.on('error', () => to.destroy());
      from.on('close', () => {
        this.pairs.delete(pair);
        this.silenced.delete(pair);
        to.destroy();
      });
    }
    if (this.mode === 'holding') hold(pair);
    else release(pair);
  }
}

function hold({ client, server }: Pair): void {
  client.pause();
  server.pause();
}

function release({ client, server }: Pair): void {
  client.resume();
  server.resume();
}

/** Bytes vanish in both directions; neither side is told. */
function silence({ client, server }: Pair): void {
  for (const socket of [client, server]) {
    socket.removeAllListeners('data');
    socket.removeAllListeners('end');
    socket.on('data', () => undefined);
  }
}
