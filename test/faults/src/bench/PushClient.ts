// SPDX-License-Identifier: Apache-2.0
import { setTimeout as delay } from 'node:timers/promises';
import {
  applyMergePatch,
  type StreamMessage,
  type Subscription,
  type TenantsApi,
} from '@tenantry/backstage-plugin-tenants-common';

type Folded = { readonly version: string; readonly value: unknown };
type PushClientOptions = {
  readonly api: Pick<TenantsApi, 'openStream'>;
  readonly subs: readonly Subscription[];
  /** Looks at each message as it came. */
  readonly onMessage: (message: StreamMessage) => void;
};

const reopenAfterMs = 50;

/** A reader of the live stream, as a browser tab is one: folds patches, resumes by cursor when the stream ends. */
export class PushClient {
  private readonly folded = new Map<string, Folded>();
  private readonly cursors = new Map<string, string>();
  private readonly sequence = new Map<string, number>();
  private readonly lookers = new Set<() => void>();
  private missed = 0;

  constructor(private readonly options: PushClientOptions) {}

  /** Messages that did not follow on the one before: holes, and patches to versions that it does not have. */
  get gaps(): number {
    return this.missed;
  }

  /** What it holds of a subscription; `undefined` when it has ended, or not begun. */
  value(id: string): Folded | undefined {
    return this.folded.get(id);
  }

  /** Resolves when what it holds of a subscription is as asked; looks now and after each message. */
  async holds(id: string, isSo: (value: unknown) => boolean): Promise<void> {
    const isThere = () => isSo(this.folded.get(id)?.value);
    if (isThere()) return;
    await new Promise<void>(resolve => {
      const look = () => {
        if (!isThere()) return;
        this.lookers.delete(look);
        resolve();
      };
      this.lookers.add(look);
    });
  }

  /** Reads until the signal aborts. */
  async run(signal: AbortSignal): Promise<void> {
    while (!signal.aborted) {
      await this.follow(signal).catch(() => undefined);
      if (!signal.aborted) {
        await delay(reopenAfterMs, undefined, { signal }).catch(
          () => undefined,
        );
      }
    }
  }

  private async follow(signal: AbortSignal): Promise<void> {
    this.sequence.clear();
    const subs = this.options.subs.map(sub => ({
      ...sub,
      cursor: this.cursors.get(sub.id),
    }));
    const messages = this.options.api.openStream(
      { schema: 1, subs },
      { signal },
    );
    for await (const message of messages) {
      this.options.onMessage(message);
      this.count(message);
      this.fold(message);
    }
  }

  private count({ s, n }: StreamMessage): void {
    if (s === '') return;
    if (n !== (this.sequence.get(s) ?? 0) + 1) this.missed++;
    this.sequence.set(s, n);
  }

  private fold(message: StreamMessage): void {
    switch (message.t) {
      case 'snapshot':
        this.keep(message, message.d);
        return;
      case 'patch': {
        const before = this.folded.get(message.s);
        if (before?.version !== message.from) {
          this.missed++;
          this.cursors.delete(message.s);
          throw new Error('The patch is to another version.');
        }
        this.keep(message, applyMergePatch(before.value, message.d));
        return;
      }
      case 'gap':
        this.missed++;
        return;
      case 'end':
        this.folded.delete(message.s);
        this.cursors.delete(message.s);
        // As a page does whose tenant is not there yet: ask again.
        throw new Error(`It ended: ${message.d.reason}.`);
      default:
    }
  }

  private keep(
    { s, v, c }: Extract<StreamMessage, { t: 'snapshot' | 'patch' }>,
    value: unknown,
  ): void {
    this.folded.set(s, { version: v, value });
    this.cursors.set(s, c);
    for (const look of this.lookers) look();
  }
}
