// SPDX-License-Identifier: Apache-2.0
import { z } from 'zod';
import type { LiveEnvironment } from '../../live/LiveEnvironment';

/** How long other tabs may take to say that they follow a log. */
export const ASK_MS = 300;
/** How long a tab may take to close its log. */
const GIVE_MS = 2_000;

const id = z.string().max(64);

const tabMessageSchema = z.discriminatedUnion('type', [
  z.object({ type: z.literal('who-follows'), from: id }),
  z.object({
    type: z.literal('follows'),
    from: id,
    to: id,
    since: z.number(),
  }),
  z.object({ type: z.literal('give'), from: id, to: id }),
  z.object({ type: z.literal('given'), from: id, to: id }),
]);

type TabMessage = z.infer<typeof tabMessageSchema>;
type Offer = Extract<TabMessage, { type: 'follows' }>;

/** What reaches the other tabs of the same portal in the same browser. `BroadcastChannel` is one. */
export interface TabChannel {
  postMessage(message: unknown): void;
  addEventListener(
    type: 'message',
    listener: (event: { readonly data: unknown }) => void,
  ): void;
  removeEventListener(
    type: 'message',
    listener: (event: { readonly data: unknown }) => void,
  ): void;
}

/** What {@link LogTabs} is built from. */
export type LogTabsOptions = {
  readonly channel: TabChannel;
  readonly env: Pick<LiveEnvironment, 'now' | 'schedule'>;
  /** Tells this tab from the others. */
  readonly self: string;
};

/**
 * Passes a place among the streams of a user from tab to tab: who wants one asks who follows a log, and has the tab that began first
 * give its own away. What comes over the channel is only ever compared, never shown.
 */
export class LogTabs {
  readonly #options: LogTabsOptions;

  constructor(options: LogTabsOptions) {
    this.#options = options;
  }

  /** Says that this tab follows a log, until the returned function is called. Another tab may have `give` called, which must close it. */
  hold(give: () => void): () => void {
    const { env, self } = this.#options;
    const since = env.now();
    return this.#listen(message => {
      if (message.type === 'who-follows') {
        this.#post({ type: 'follows', from: self, to: message.from, since });
      } else if (message.type === 'give' && message.to === self) {
        give();
        this.#post({ type: 'given', from: self, to: message.from });
      }
    });
  }

  /** Has another tab close its log. Resolves with whether one did; at once with `false` when `signal` fires. */
  async takeOver(signal: AbortSignal): Promise<boolean> {
    const { self } = this.#options;
    const offers: Offer[] = [];
    const stop = this.#listen(message => {
      if (message.type === 'follows' && message.to === self) {
        offers.push(message);
      }
    });
    this.#post({ type: 'who-follows', from: self });
    await this.#wait(ASK_MS, signal);
    stop();
    const [first] = offers.sort((a, b) => a.since - b.since);
    return first !== undefined && !signal.aborted
      ? this.#ask(first.from, signal)
      : false;
  }

  async #ask(tab: string, signal: AbortSignal): Promise<boolean> {
    const answered = new AbortController();
    let given = false;
    const stop = this.#listen(message => {
      if (message.type !== 'given' || message.from !== tab) return;
      given = true;
      answered.abort();
    });
    this.#post({ type: 'give', from: this.#options.self, to: tab });
    signal.addEventListener('abort', () => answered.abort());
    await this.#wait(GIVE_MS, answered.signal);
    stop();
    return given;
  }

  #wait(ms: number, signal: AbortSignal): Promise<void> {
    if (signal.aborted) return Promise.resolve();
    return new Promise(resolve => {
      const cancel = this.#options.env.schedule(ms, resolve);
      signal.addEventListener('abort', () => {
        cancel();
        resolve();
      });
    });
  }

  #post(message: TabMessage): void {
    this.#options.channel.postMessage(message);
  }

  #listen(take: (message: TabMessage) => void): () => void {
    const { channel } = this.#options;
    const listener = ({ data }: { readonly data: unknown }) => {
      const { data: message } = tabMessageSchema.safeParse(data);
      if (message) take(message);
    };
    channel.addEventListener('message', listener);
    return () => channel.removeEventListener('message', listener);
  }
}
