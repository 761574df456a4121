// SPDX-License-Identifier: Apache-2.0
import { setTimeout as delay } from 'node:timers/promises';
import { mockCredentials } from '@backstage/backend-test-utils';
import { TenantsClient } from '@tenantry/backstage-plugin-tenants-common';
import { findDivergences } from '../findDivergences';
import { PushClient } from './PushClient';
import { userOwning } from './tenantObjects';

type ViewerOptions = {
  readonly url: string;
  /** The tenant that this viewer owns, and another’s. Also the words by which their data is known. */
  readonly own: string;
  readonly foreign: string;
};

const readEveryMs = 200;
/** Changes with every heartbeat of a cluster and so is no content. */
const ofTheMoment = new Set(['observedAt', 'nextTryAt']);

/** A signed-in user who follows the stream and reads over REST at the same time, and tries to see another’s tenant. */
export class Viewer {
  readonly push: PushClient;
  private readonly api: TenantsClient;
  private errors = 0;
  private leaks = 0;
  private done = 0;
  private slowest = 0;

  constructor(private readonly options: ViewerOptions) {
    const { url, own, foreign } = options;
    const authorization = mockCredentials.user.header(userOwning(own));
    this.api = new TenantsClient({
      discoveryApi: { getBaseUrl: async () => url },
      fetchApi: {
        fetch: (input, init) => {
          const headers = new Headers(init?.headers);
          headers.set('authorization', authorization);
          return fetch(input, { ...init, headers });
        },
      },
    });
    this.push = new PushClient({
      api: this.api,
      subs: [
        { id: 'list', kind: 'tenants' },
        { id: 'one', kind: 'tenant', params: { tenant: own } },
        { id: 'platform', kind: 'platform' },
      ],
      onMessage: message => {
        if (JSON.stringify(message).includes(foreign)) this.leaks++;
      },
    });
  }

  /** What it counted since its start. */
  get counts() {
    return {
      crossTenantReads: this.leaks,
      pushGaps: this.push.gaps,
      serverErrors: this.errors,
      reads: this.done,
      slowestReadMs: Math.round(this.slowest),
    };
  }

  /** Follows and reads until the signal aborts. */
  async run(signal: AbortSignal): Promise<void> {
    const following = this.push.run(signal);
    while (!signal.aborted) {
      await this.readAll(signal);
      await delay(readEveryMs, undefined, { signal }).catch(() => undefined);
    }
    await following;
  }

  /** Differences between what the stream has told and what REST says. */
  async divergences(): Promise<string[]> {
    const { own } = this.options;
    const [list, one, platform] = await Promise.all([
      this.api.list(),
      this.api.get(own).catch(() => undefined),
      this.api.platform(),
    ]);
    const tenants = Object.fromEntries(
      list.items.map(item => [item.name, item]),
    );
    const folded = this.push.value('one');
    const pushed = new Map<string, unknown>([
      ['list', this.push.value('list')?.value],
      ['one', folded && { ...Object(folded.value), version: folded.version }],
      ['platform', steady(this.push.value('platform')?.value)],
    ]);
    const read = new Map<string, unknown>([
      ['list', { tenants, partial: list.partial }],
      ['one', one],
      ['platform', steady(platform)],
    ]);
    return findDivergences(`push to the owner of ${own}:`, pushed, read);
  }

  private async readAll(signal: AbortSignal): Promise<void> {
    const { own, foreign } = this.options;
    await this.read(() => this.api.list({}, { signal }));
    await this.read(() => this.api.get(own, { signal }));
    const refused = await this.read(() => this.api.get(foreign, { signal }));
    if (refused !== undefined) this.leaks++;
  }

  private async read(call: () => Promise<unknown>): Promise<unknown> {
    const startedAt = performance.now();
    try {
      const answer = await call();
      this.done++;
      if (JSON.stringify(answer).includes(this.options.foreign)) this.leaks++;
      return answer;
    } catch (error) {
      if (statusOf(error) >= 500) this.errors++;
      return undefined;
    } finally {
      this.slowest = Math.max(this.slowest, performance.now() - startedAt);
    }
  }
}

function statusOf(error: unknown): number {
  return error instanceof Error && 'statusCode' in error
    ? Number(error.statusCode)
    : 0;
}

function steady(value: unknown): unknown {
  if (value === undefined) return undefined;
  return JSON.parse(
    JSON.stringify(value, (key, member) =>
      ofTheMoment.has(key) ? undefined : member,
    ),
  );
}
