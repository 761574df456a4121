// SPDX-License-Identifier: Apache-2.0
import { once } from 'node:events';
import {
  createServer,
  request,
  type IncomingMessage,
  type Server,
  type ServerResponse,
} from 'node:http';

/** One request for a container’s log. */
export type LogRequest = {
  readonly pod: string;
  readonly query: URLSearchParams;
  readonly response: ServerResponse;
};

const LOG_PATH = /\/pods\/([^/?]+)\/log$/;

/** Stands before an API server: passes everything on but logs, which it answers itself. */
export class LogFront {
  /** Log answers that are open. */
  open = 0;
  /** Given to the API server for who sends none: `kubectl` sends none without TLS. */
  token?: string;

  private constructor(
    private readonly target: URL,
    private readonly server: Server,
    private readonly answer: (request: LogRequest) => void,
  ) {
    server.on('request', (req, res) => this.handle(req, res));
  }

  static async start(
    target: string,
    answer: (request: LogRequest) => void,
  ): Promise<LogFront> {
    const server = createServer();
    const front = new LogFront(new URL(target), server, answer);
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
    return front;
  }

  get url(): string {
    const address = this.server.address();
    const port = typeof address === 'object' ? address?.port : undefined;
    return `http://127.0.0.1:${port}`;
  }

  async stop(): Promise<void> {
    this.server.closeAllConnections();
    await new Promise(resolve => this.server.close(resolve));
  }

  private handle(req: IncomingMessage, res: ServerResponse): void {
    const url = new URL(req.url ?? '/', this.target);
    const pod = LOG_PATH.exec(url.pathname)?.[1];
    if (pod === undefined) {
      this.passOn(req, res);
      return;
    }
    this.open += 1;
    res.once('close', () => {
      this.open -= 1;
    });
    res.writeHead(200, { 'Content-Type': 'text/plain' });
    this.answer({ pod, query: url.searchParams, response: res });
  }

  private passOn(req: IncomingMessage, res: ServerResponse): void {
    const { method, url } = req;
    const headers = {
      ...(this.token ? { authorization: `Bearer ${this.token}` } : {}),
      ...req.headers,
    };
    const passed = request(
      new URL(url ?? '/', this.target),
      { method, headers },
      answer => {
        res.writeHead(answer.statusCode ?? 502, answer.headers);
        answer.pipe(res);
      },
    );
    const end = () => {
      passed.destroy();
      res.destroy();
    };
    passed.on('error', end);
    res.on('close', end);
    req.pipe(passed);
  }
}
