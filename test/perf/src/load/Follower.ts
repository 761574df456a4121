// SPDX-License-Identifier: Apache-2.0
import { request, type ClientRequest } from 'node:http';
import {
  streamMessageSchema,
  type StreamMessage,
} from '@tenantry/backstage-plugin-tenants-common';
import { LineSplitter } from '../../../../plugins/tenants-backend/src/kube/LineSplitter';

const MAX_LINE_BYTES = 8 * 1024 ** 2;

/** What a follower knows of one subscription. */
export type Followed = {
  readonly tenant: string;
  cursor?: string;
  version?: string;
  /** Messages that did not follow on the one before. */
  gaps: number;
  /** Times a snapshot came. */
  snapshots: number;
  /** When patches came, in milliseconds since the epoch. */
  readonly patchedAt: number[];
  lastNumber: number;
};

export function clockMs(): number {
  return performance.timeOrigin + performance.now();
}

/** One browser tab: a stream with several subscriptions, which it can lose and open again where it stopped. */
export class Follower {
  readonly followed: readonly Followed[];
  private call?: ClientRequest;

  constructor(
    private readonly url: string,
    private readonly token: string,
    tenants: readonly string[],
  ) {
    this.followed = tenants.map(tenant => ({
      tenant,
      gaps: 0,
      snapshots: 0,
      patchedAt: [],
      lastNumber: 0,
    }));
  }

  /** Opens it; resolves when each subscription has been answered. */
  open(): Promise<void> {
    const answered = new Set<string>();
    const subs = this.followed.map(({ tenant, cursor }, i) => {
      this.followed[i].lastNumber = 0;
      const params = { tenant };
      return { id: String(i), kind: 'tenant', params, cursor };
    });
    return new Promise((resolve, reject) => {
      const headers = {
        authorization: `Bearer ${this.token}`,
        'content-type': 'application/json',
      };
      const method = 'POST';
      this.call = request(`${this.url}/api/tenants/v1/stream`, {
        agent: false,
        method,
        headers,
      });
      this.call.once('error', reject);
      this.call.once('response', response => {
        if (response.statusCode !== 200) {
          reject(new Error(`A stream was answered ${response.statusCode}.`));
        }
        const lines = new LineSplitter({
          maxBytes: MAX_LINE_BYTES,
          onOversize: () => undefined,
        });
        response.on('error', () => undefined);
        response.on('data', (chunk: Buffer) => {
          for (const line of lines.push(chunk)) {
            const at = clockMs();
            const message = streamMessageSchema.parse(
              JSON.parse(line.toString('utf8')),
            );
            this.take(message, at);
            answered.add(message.s);
            if (answered.size === subs.length) resolve();
          }
        });
      });
      this.call.end(JSON.stringify({ schema: 1, subs }));
    });
  }

  /** Loses the connection. */
  cut(): void {
    this.call?.on('error', () => undefined);
    this.call?.destroy();
  }

  private take(message: StreamMessage, at: number): void {
    const followed = this.followed[Number(message.s)];
    if (message.n !== followed.lastNumber + 1) followed.gaps++;
    followed.lastNumber = message.n;
    if (message.t === 'snapshot') {
      followed.snapshots++;
    } else if (message.t === 'patch') {
      if (message.from !== followed.version) followed.gaps++;
      followed.patchedAt.push(at);
    } else return;
    followed.version = message.v;
    followed.cursor = message.c;
  }
}
