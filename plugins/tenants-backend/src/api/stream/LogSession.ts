// SPDX-License-Identifier: Apache-2.0
import type { Permission } from '@backstage/plugin-permission-common';
import {
  STREAM_LIMITS,
  type EndReason,
} from '@tenantry/backstage-plugin-tenants-common';
import type { TenantFacts } from '@tenantry/backstage-plugin-tenants-node';
import type { Access } from '../../access/Access';
import type { Caller } from '../../access/Caller';
import type { LogWriter } from '../../logs/LogWriter';
import type { Clock } from '../../time/Clock';
import { SessionTimers } from './SessionTimers';

type LogSessionOptions = {
  readonly writer: LogWriter;
  readonly caller: Caller;
  readonly access: Access;
  readonly clock: Clock;
  /** What the reader must be allowed as long as it lasts. */
  readonly permissions: readonly Permission[];
  /** The tenant’s facts now; `undefined` when it is gone. */
  readonly facts: () => TenantFacts | undefined;
  readonly observedAt: () => string | undefined;
};

/** One reader’s log answer: asks the policy again while it lasts, and ends it with a reason. */
export class LogSession {
  private readonly left = new AbortController();
  private readonly timers: SessionTimers;

  constructor(private readonly options: LogSessionOptions) {
    this.timers = new SessionTimers(options.clock);
  }

  /** Aborts when the answer has ended, for whatever reason. */
  get signal(): AbortSignal {
    return this.left.signal;
  }

  /**
   * Runs until all is read, the right is lost, the token expires, the process shuts down or the reader leaves.
   *
   * @param read - Answers a sentence on how it went.
   */
  async run(read: () => Promise<string>, shutdown: AbortSignal): Promise<void> {
    const shutDown = () =>
      this.end('shutdown', 'The service is shutting down; reconnect.');
    shutdown.addEventListener('abort', shutDown);
    this.startTimers();
    try {
      this.end('completed', await read());
    } catch {
      this.end('error', 'The logs cannot be read on. Try again in a moment.');
    } finally {
      shutdown.removeEventListener('abort', shutDown);
    }
  }

  /** The reader has left. */
  leave(): void {
    this.timers.cancel();
    this.options.writer.close();
    this.left.abort();
  }

  private end(reason: EndReason, message: string): void {
    if (this.left.signal.aborted) return;
    this.options.writer.end(reason, message);
    this.leave();
  }

  private startTimers(): void {
    const { caller, writer, observedAt } = this.options;
    this.timers.every(STREAM_LIMITS.heartbeatMs, () =>
      writer.heartbeat(observedAt()),
    );
    this.timers.recheck(
      () => this.recheck(),
      message => this.end('error', message),
    );
    this.timers.beforeExpiry(caller.expiresAt, message =>
      this.end('token-expired', message),
    );
  }

  private async recheck(): Promise<void> {
    const { access, caller, facts, permissions } = this.options;
    const tenant = facts();
    if (!tenant) {
      this.end('deleted', 'The tenant is gone.');
      return;
    }
    const decisions = await Promise.all(
      permissions.map(permission => access.decideAgain(caller, permission)),
    );
    if (decisions.every(decision => decision.allows(tenant))) return;
    this.end('forbidden', 'You may no longer read these logs.');
  }
}
