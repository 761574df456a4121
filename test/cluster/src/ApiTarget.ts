// SPDX-License-Identifier: Apache-2.0
import { readFileSync } from 'node:fs';
import {
  request as httpRequest,
  type IncomingMessage,
  type OutgoingHttpHeaders,
} from 'node:http';
import { Agent, request as httpsRequest, type AgentOptions } from 'node:https';
import { KubeConfig } from '@kubernetes/client-node';

/** One call of the API, as a case makes it. */
export type ApiCall = {
  readonly method: string;
  readonly path: string;
  readonly headers?: OutgoingHttpHeaders;
  readonly body?: string;
  readonly signal?: AbortSignal;
};
export type ApiAnswer = {
  readonly status: number;
  readonly headers: IncomingMessage['headers'];
  readonly text: string;
};
type Reach = {
  readonly token?: string;
  readonly tls: AgentOptions;
  /** How long a case waits for a controller to do its part. */
  readonly patienceMs: number;
};

/** Its garbage collector and namespace controller look again after tens of seconds. */
const REAL_PATIENCE_MS = 60_000;
/** The name of the first field manager of every object a case writes. */
const USER_AGENT = 'contract/1.0';

/** An API server that cases run on: the simulator or a real one. */
export class ApiTarget {
  private readonly agent: Agent;

  constructor(
    private readonly url: string,
    private readonly reach: Reach,
  ) {
    this.agent = new Agent({ ...reach.tls, keepAlive: true });
  }

  get patienceMs(): number {
    return this.reach.patienceMs;
  }

  static fromKubeconfig(path: string): ApiTarget {
    const config = new KubeConfig();
    config.loadFromString(readFileSync(path, 'utf8'));
    const cluster = config.getCurrentCluster();
    const user = config.getCurrentUser();
    if (!cluster || !user)
      throw new Error(
        `${path} has no current context: choose one with kubectl config use-context.`,
      );
    return new ApiTarget(cluster.server, {
      token: user.token,
      patienceMs: REAL_PATIENCE_MS,
      tls: {
        ca: fromBase64(cluster.caData),
        cert: fromBase64(user.certData),
        key: fromBase64(user.keyData),
        rejectUnauthorized: !cluster.skipTLSVerify,
      },
    });
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
    const options = {
      method: call.method,
      signal: call.signal,
      headers: {
        'user-agent': USER_AGENT,
        ...(this.reach.token && {
          authorization: `Bearer ${this.reach.token}`,
        }),
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
          ? httpsRequest(url, { ...options, agent: this.agent }, resolve)
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
  }
}

function fromBase64(data: string | undefined): Buffer | undefined {
  return data === undefined ? undefined : Buffer.from(data, 'base64');
}
