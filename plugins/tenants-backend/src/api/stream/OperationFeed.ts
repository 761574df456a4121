// SPDX-License-Identifier: Apache-2.0
import { NotAllowedError, NotFoundError } from '@backstage/errors';
import type { Watch, WatchedValue } from '../../operations/WatchedOperations';
import type { Clock } from '../../time/Clock';
import type { Feed, FeedListener } from './Feed';
import { patchFrame, snapshotFrame, type Stamp } from './frames';
import type { Frame } from './Outbox';

type OperationFeedOptions = {
  readonly watch: Watch;
  /** @throws NotAllowedError or NotFoundError when the caller may not see it any more */
  readonly recheck: () => Promise<void>;
  readonly clock: Pick<Clock, 'now'>;
};

/** An operation, or a list of them. Its version is its cursor: equal versions are equal content, whichever process made them. */
export class OperationFeed implements Feed {
  private listener?: FeedListener;

  constructor(private readonly options: OperationFeedOptions) {}

  snapshot(): Frame {
    const current = this.options.watch.current();
    return snapshotFrame(this.stamp(current), current.json);
  }

  resume(cursor: string | undefined): readonly Frame[] | undefined {
    const { version } = this.options.watch.current();
    return cursor === version ? [] : undefined;
  }

  follow(listener: FeedListener): () => void {
    this.listener = listener;
    const { watch } = this.options;
    const stop = watch.onChange(({ from, to, patchJson }) => {
      if (to) {
        listener.send(patchFrame(from.version, this.stamp(to), patchJson));
      } else {
        listener.end('deleted', 'The operation is no longer kept.');
      }
    });
    return () => {
      stop();
      watch.close();
    };
  }

  async recheck(): Promise<void> {
    try {
      await this.options.recheck();
    } catch (error) {
      const isRefusal =
        error instanceof NotAllowedError || error instanceof NotFoundError;
      if (!isRefusal) throw error;
      this.listener?.end('forbidden', error.message);
    }
  }

  observedAt(): string {
    return new Date(this.options.clock.now()).toISOString();
  }

  private stamp({ version }: WatchedValue): Stamp {
    return { version, cursor: version, at: this.observedAt() };
  }
}
