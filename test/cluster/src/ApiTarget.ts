// SPDX-License-Identifier: Apache-2.0
import {
  request as httpRequest,
  type IncomingMessage,
  type OutgoingHttpHeaders,
} from 'node:http';
import { Agent, request as httpsRequest, type AgentOptions } from 'node:https';

/** One call of the API, as a case makes it. */
export type ApiCall = {
  readonly method: string;
  readonly path: string;
  readonly headers?: OutgoingHttpHeaders;
  readonly body?: string;
  /** Who calls, instead of the one the target was made with. */
  readonly token?: string;
};
export type ApiAnswer = {
  readonly status: number;
  readonly headers: IncomingMessage['headers'];
  readonly text: string;
};
export type Reach = {
  readonly token?: string;
  readonly tls: AgentOptions;
  /** How long a case waits for a controller to do its part. */
  readonly patienceMs: number;
};

/** The name of the first field manager of every object a case writes. */
const USER_AGENT = 'contract/1.0';

/** An API server that cases run on: the simulator or a real one. */
export class ApiTarget {
  private readonly agent: Agent;
  /** Shows no client certificate, which would win over a token. */
  private readonly bareAgent: Agent;

  constructor(private readonly url: string, private readonly reach: Reach) {
    this.agent = new Agent({ ...reach.tls, keepAlive: true });
    const { ca, rejectUnauthorized } = reach.tls;
    this.bareAgent = new Agent({ ca, rejectUnauthorized });
  }

  get patienceMs(): number {
    return this.reach.patienceMs;
  }

  async call(call: ApiCall): Promise<ApiAnswer> {
    const response = await this.open(call);
    let text = '';
    for await (const chunk of response.setEncoding('utf8')) text += chunk;
    return {
      status: response.statusCode ?? 0,
      headers: response.headers,
      text,
    };
  }

  /** The answer as soon as its headers are there; for watches. */
  open(call: ApiCall): Promise<IncomingMessage> {
    const url = new URL(this.url + call.path);
    const token = call.token ?? this.reach.token;
    const agent = call.token ? this.bareAgent : this.agent;
    const options = {
      method: call.method,
      headers: {
        'user-agent': USER_AGENT,
        ...(token && { authorization: `Bearer ${token}` }),
        // Node sends none with DELETE by itself.
        ...(call.body !== undefined && {
          'content-length': Buffer.byteLength(call.body),
        }),
        ...call.headers,
      },
    };
    return new Promise((resolve, reject) => {
      const request =
        url.protocol === 'https:'
          ? httpsRequest(url, { ...options, agent }, resolve)
          : httpRequest(url, options, resolve);
      request.once('error', reject);
      request.end(call.body);
    });
  }

  async version(): Promise<string> {
    const { text } = await this.call({ method: 'GET', path: '/version' });
    const { gitVersion } = JSON.parse(text);
    return String(gitVersion);
  }

  close(): void {
    this.agent.destroy();
    this.bareAgent.destroy();
  }
}
