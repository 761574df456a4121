// SPDX-License-Identifier: Apache-2.0
import { once } from 'node:events';
import {
  createServer,
  type IncomingMessage,
  type ServerResponse,
} from 'node:http';
import { setTimeout as sleep } from 'node:timers/promises';
import type { PermissionsService } from '@backstage/backend-plugin-api';
import { AuthorizeResult } from '@backstage/plugin-permission-common';
import { createMergePatch } from '@tenantry/backstage-plugin-tenants-common';
import { Access } from '../../../../../plugins/tenants-backend/src/access/Access';
import { StreamSession } from '../../../../../plugins/tenants-backend/src/api/stream/StreamSession';
import { TenantFeed } from '../../../../../plugins/tenants-backend/src/api/stream/TenantFeed';
import type { TenantChange } from '../../../../../plugins/tenants-backend/src/snapshots/TenantChange';
import { systemClock } from '../../../../../plugins/tenants-backend/src/time/Clock';
import { answerParent } from '../../answerParent';
import { countStringify } from './countStringify';
import { FanoutSource } from './FanoutSource';

/** Longer than the product gathers changes for: each round is one patch per tenant. */
const ROUND_MS = 120;

const caller = {
  credentials: {
    $$type: '@backstage/BackstageCredentials' as const,
    principal: { type: 'user' as const, userEntityRef: 'user:default/bench' },
  },
  id: 'user:default/bench',
  tokenHash: 'bench',
  expiresAt: undefined,
};
const decision = {
  id: 'all',
  deniesAll: false,
  allows: () => true,
  rules: [],
};
const permissions: PermissionsService = {
  authorize: async requests =>
    requests.map(() => ({ result: AuthorizeResult.ALLOW })),
  authorizeConditional: async requests =>
    requests.map(() => ({ result: AuthorizeResult.ALLOW })),
};
const access = new Access({
  permissions,
  auth: { isPrincipal: (_: unknown): _ is never => false },
  transform: () => () => true,
  clock: systemClock,
});

let source: FanoutSource;
const stringified = countStringify();

/** As the product does. */
function followOurs(name: string, response: ServerResponse): void {
  const session = new StreamSession({
    sink: {
      write: line => response.write(line),
      close: () => void response.end(),
    },
    caller,
    clock: systemClock,
    openFeed: async () =>
      new TenantFeed({
        name,
        caller,
        decision,
        access,
        snapshots: source.snapshots,
        instance: 'bench',
      }),
  });
  response.on('drain', () => session.drained());
  response.on('close', () => session.free());
  void session.start([{ id: 't', kind: 'tenant', params: { tenant: name } }]);
}

const patches = new WeakMap<TenantChange, unknown>();

/** The patch is made once; each reader’s message is written for itself, and waits in its connection. */
function followPeer(name: string, response: ServerResponse): void {
  let n = 0;
  source.snapshots.onTenantChange(name, change => {
    if (!change.from || !change.to) return;
    const d =
      patches.get(change) ??
      createMergePatch(change.from.tenant, change.to.tenant);
    patches.set(change, d);
    const { version: from } = change.from;
    const { version: v } = change.to;
    const c = `bench.${change.sequence}`;
    const at = new Date().toISOString();
    const message = { s: 't', n: ++n, t: 'patch', from, v, c, at, d };
    response.write(`${JSON.stringify(message)}\n`);
  });
}

function accept(
  side: 'ours' | 'peer',
  request: IncomingMessage,
  response: ServerResponse,
): void {
  const { searchParams } = new URL(request.url ?? '', 'http://fanout');
  response.writeHead(200, { 'content-type': 'application/x-ndjson' });
  response.flushHeaders();
  // A reader that takes nothing: from here on its connection is full.
  if (searchParams.has('stalled')) response.socket?.cork();
  const follow = side === 'ours' ? followOurs : followPeer;
  follow(searchParams.get('tenant') ?? '', response);
}

const handlers = {
  start: async ({
    side,
    tenants,
  }: {
    readonly side: 'ours' | 'peer';
    readonly tenants: number;
  }) => {
    source = new FanoutSource(tenants);
    const server = createServer((request, response) =>
      accept(side, request, response),
    );
    server.listen(0, '127.0.0.1', 4_096);
    await once(server, 'listening');
    await sleep(ROUND_MS * 2);
    const address = server.address();
    return typeof address === 'object' ? address?.port : undefined;
  },
  /** Changes every tenant, so many times. */
  change: async ({ rounds }: { readonly rounds: number }) => {
    for (let i = 0; i < rounds; i++) {
      source.changeAll();
      await sleep(ROUND_MS);
    }
    return source.snapshots.sequence;
  },
  stringified: () => stringified(),
};

/** What the sending process answers. */
export type FanoutHandlers = typeof handlers;

answerParent(handlers);
