// SPDX-License-Identifier: Apache-2.0
import type { Subscription } from '@tenantry/backstage-plugin-tenants-common';
import type { Instruments } from '../../metrics/createInstruments';
import type { Feed } from './Feed';
import type { FeedFactory } from './FeedFactory';

type Feeds = Pick<FeedFactory, 'open'>;

/** Counts what the feeds of streams do, without changing it. */
export function meterFeeds(feeds: Feeds, instruments: Instruments): Feeds {
  return {
    open: async (subscription, caller) =>
      meterFeed(
        await feeds.open(subscription, caller),
        subscription.kind,
        instruments,
      ),
  };
}

function meterFeed(
  feed: Feed,
  subscription: Subscription['kind'],
  { subscribers, messages, resyncs, resumes }: Instruments,
): Feed {
  let snapshots = 0;
  return {
    snapshot() {
      snapshots += 1;
      messages.inc({ subscription, type: 'snapshot' });
      if (snapshots > 1) resyncs.inc({ subscription });
      return feed.snapshot();
    },
    resume(cursor) {
      const frames = feed.resume(cursor);
      if (cursor !== undefined) {
        resumes.inc({ subscription, got: frames ? 'patches' : 'snapshot' });
      }
      messages.inc({ subscription, type: 'patch' }, frames?.length ?? 0);
      return frames;
    },
    follow(listener) {
      subscribers.inc({ subscription });
      const stop = feed.follow({
        send(frame) {
          messages.inc({ subscription, type: 'patch' });
          listener.send(frame);
        },
        end: (reason, message) => listener.end(reason, message),
      });
      let isOpen = true;
      return () => {
        if (isOpen) subscribers.dec({ subscription });
        isOpen = false;
        stop();
      };
    },
    recheck: () => feed.recheck(),
    observedAt: () => feed.observedAt(),
  };
}
