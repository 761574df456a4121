// SPDX-License-Identifier: Apache-2.0
import { streamRequestSchema } from '@tenantry/backstage-plugin-tenants-common';
import type { Clock } from '../time/Clock';
import { parseBody } from './parseInput';
import type { RouteGuard } from './RouteGuard';
import type { FeedFactory } from './stream/FeedFactory';
import { ResponseSink } from './stream/ResponseSink';
import { StreamSession } from './stream/StreamSession';
import type { StreamSlots } from './stream/StreamSlots';

type StreamRoutesOptions = {
  readonly guard: RouteGuard;
  readonly feeds: Pick<FeedFactory, 'open'>;
  readonly slots: StreamSlots;
  readonly clock: Clock;
  /** Aborts when the process shuts down. */
  readonly shutdown: AbortSignal;
};

/** The stream of live changes. */
export function streamRoutes(options: StreamRoutesOptions) {
  const { guard, feeds, slots, clock, shutdown } = options;
  return {
    openStream: guard.subscriptions('openStream', ({ req, res, caller }) => {
      const { subs } = parseBody(streamRequestSchema, req.body);
      const release = slots.acquire(caller.id);
      const sink = new ResponseSink(res, clock);
      const session = new StreamSession({
        sink,
        caller,
        clock,
        openFeed: subscription => feeds.open(subscription, caller),
      });
      const shutDown = () =>
        session.finish('shutdown', 'The service is shutting down; reconnect.');
      shutdown.addEventListener('abort', shutDown);
      res.on('drain', () => session.drained());
      res.on('close', () => {
        shutdown.removeEventListener('abort', shutDown);
        session.free();
        release();
      });
      sink.open();
      if (shutdown.aborted) shutDown();
      return session.start(subs);
    }),
  };
}
