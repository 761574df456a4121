// SPDX-License-Identifier: Apache-2.0
import { Agent, request } from 'undici';
import { answerParent } from '../answerParent';
import { Follower, type Followed } from './Follower';
import { Poller } from './Poller';

export type FollowInput = {
  readonly url: string;
  readonly userTokens: readonly string[];
  readonly tenants: readonly string[];
  readonly streams: number;
  readonly perStream: number;
};

export type PollInput = {
  readonly url: string;
  readonly token: string;
  readonly tenants: readonly string[];
  readonly everyMs: number;
};

/** A visible change of a tenant, when it was made. */
export type Touch = { readonly tenant: string; readonly at: number };

let followers: readonly Follower[] = [];
let pollers: readonly { tenant: string; poller: Poller }[] = [];
let polling = new AbortController();
let following: FollowInput;

/** How long after each change it was first seen, by each who looks at its tenant; a change that was never seen is missing. */
function delays(
  touches: readonly Touch[],
  seenOf: (tenant: string) => readonly (readonly number[])[],
): number[] {
  return touches.flatMap(({ tenant, at }) =>
    seenOf(tenant).flatMap(times => {
      const seen = times.find(time => time >= at);
      return seen === undefined ? [] : [seen - at];
    }),
  );
}

async function isBehind({ tenant, version }: Followed): Promise<boolean> {
  const { url, userTokens } = following;
  const { headers, body } = await request(
    `${url}/api/tenants/v1/tenants/${tenant}`,
    { headers: { authorization: `Bearer ${userTokens[0]}` } },
  );
  await body.dump();
  return headers.etag !== `"${version}"`;
}

const handlers = {
  follow: async (input: FollowInput) => {
    following = input;
    const { url, userTokens, tenants, streams, perStream } = input;
    followers = Array.from({ length: streams }, (_, i) => {
      const first = i * perStream;
      const names = Array.from(
        { length: perStream },
        (__, k) => tenants[(first + k) % tenants.length],
      );
      return new Follower(url, userTokens[i % userTokens.length], names);
    });
    await Promise.all(followers.map(follower => follower.open()));
  },
  cut: () => {
    for (const follower of followers) follower.cut();
  },
  reopen: async () => {
    await Promise.all(followers.map(follower => follower.open()));
  },
  pushDelays: (touches: readonly Touch[]) => {
    const all = followers.flatMap(({ followed }) => followed);
    return delays(touches, name =>
      all
        .filter(({ tenant }) => tenant === name)
        .map(({ patchedAt }) => patchedAt),
    );
  },
  /** Subscriptions with a hole, and those whose folded version is not the one that is served. */
  gaps: async () => {
    const all = followers.flatMap(({ followed }) => followed);
    const behind = await Promise.all(all.map(isBehind));
    return {
      holes: all.reduce((sum, { gaps }) => sum + gaps, 0),
      behind: behind.filter(Boolean).length,
      snapshots: all.reduce((sum, { snapshots }) => sum + snapshots, 0),
      subscriptions: all.length,
    };
  },
  poll: ({ url, token, tenants, everyMs }: PollInput) => {
    const dispatcher = new Agent({ connections: 16 });
    polling = new AbortController();
    pollers = tenants.map(tenant => ({
      tenant,
      poller: new Poller({ url, token, tenant, everyMs, dispatcher }),
    }));
    pollers.forEach(({ poller }, i) => {
      const delay = (i / pollers.length) * everyMs;
      poller.run(delay, polling.signal).catch(() => process.exit(1));
    });
  },
  stopPolling: () => polling.abort(),
  pollDelays: (touches: readonly Touch[]) =>
    delays(touches, name =>
      pollers
        .filter(({ tenant }) => tenant === name)
        .map(({ poller }) => poller.changedAt),
    ),
};

/** What the followers’ process answers. */
export type FollowHandlers = typeof handlers;

answerParent(handlers);
