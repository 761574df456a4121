// SPDX-License-Identifier: Apache-2.0
import { createHash } from 'node:crypto';
import type { EnvironmentRecord } from '../../records/EnvironmentRecord';
import type { EnvironmentRecords } from '../../records/EnvironmentRecords';
import type { Clock } from '../../time/Clock';
import type { OperationService } from '../OperationService';
import {
  dueActions,
  type DueAction,
  type LifetimeSettings,
} from './dueActions';
import { tenantLink, type Notifier } from './Notifier';

export type LifetimeKeeperOptions = {
  readonly records: Pick<EnvironmentRecords, 'all'>;
  readonly operations: Pick<OperationService, 'start'>;
  readonly notifier: Notifier;
  readonly settings: LifetimeSettings;
  readonly clock: Clock;
  /** An operation that could not be started: it is tried again the next time. */
  readonly onFailure: (tenant: string, error: unknown) => void;
};

/** Who acts when nobody asked. */
const actor = { id: 'service:tenants-schedule', ownership: [] };
/** Occasions that were told, so that they are not told each minute. */
const maxTold = 10_000;

/** Puts environments to sleep, wakes and deletes them when their time has come. */
export class LifetimeKeeper {
  private readonly told = new Set<string>();

  constructor(private readonly options: LifetimeKeeperOptions) {}

  /** Looks at every environment once. A cluster that can’t be read now is looked at the next time. */
  async run(signal: AbortSignal): Promise<void> {
    const { records } = await this.options.records.all(signal);
    const now = new Date(this.options.clock.now());
    for (const record of records) {
      if (signal.aborted) return;
      const due = dueActions(record, this.options.settings, now);
      for (const action of due) await this.carryOut(record, action, signal);
    }
  }

  private async carryOut(
    record: EnvironmentRecord,
    { type, slot }: DueAction,
    signal: AbortSignal,
  ): Promise<void> {
    const { tenant, environment } = record;
    if (type === 'warn') {
      await this.warn(record, slot);
      return;
    }
    try {
      await this.options.operations.start({
        tenant,
        request: { type, environments: [environment] },
        by: actor,
        idempotencyKey: keyOf([type, tenant, environment, slot]),
        priority: 'scheduled',
        signal,
      });
    } catch (error) {
      this.options.onFailure(tenant, error);
    }
  }

  private async warn(
    { tenant, environment, owner, spec }: EnvironmentRecord,
    slot: string,
  ): Promise<void> {
    const scope = `tenants/expiry/${tenant}/${environment}/${slot}`;
    if (!owner || !spec.expiresAt || this.told.has(scope)) return;
    if (this.told.size >= maxTold) this.told.clear();
    this.told.add(scope);
    await this.options.notifier.notify({
      recipients: [owner],
      title: `${tenant}/${environment} ends on ${spec.expiresAt.slice(0, 10)}`,
      description:
        'It will be put to sleep then, and deleted some days later; its volumes are kept. Give it a later end to keep it.',
      severity: 'normal',
      link: tenantLink(tenant),
      scope,
    });
  }
}

/** Fit for an idempotency key, whatever the parts hold. */
function keyOf(parts: readonly string[]): string {
  const hash = createHash('sha256').update(parts.join('\n')).digest('hex');
  return `schedule-${hash}`;
}
