// SPDX-License-Identifier: Apache-2.0
import type {
  Operation,
  OperationList,
  Tenant,
} from '@tenantry/backstage-plugin-tenants-common';
import type { Clock } from '../../time/Clock';
import { tenantLink, type Notifier } from './Notifier';

export type NoticeKeeperOptions = {
  readonly tenants: () => Iterable<Tenant>;
  readonly history: {
    list(query: { state: 'ended'; limit: number }): Promise<OperationList>;
  };
  readonly notifier: Notifier;
  readonly clock: Clock;
};

/** An environment that is not well must be so for this long before anybody is told. */
const DEBOUNCE_MS = 2 * 60_000;
/** Operations that ended between two looks; more are not told. */
const MAX_ENDED = 200;

type Incident = { readonly since: number; readonly isTold: boolean };

/** Tells owners that their tenant is degraded, once per incident, and them and those who asked how operations ended. */
export class NoticeKeeper {
  private readonly incidents = new Map<string, Incident>();
  private lookedAt: number;

  constructor(private readonly options: NoticeKeeperOptions) {
    this.lookedAt = options.clock.now();
  }

  /** Looks once at everything that may have to be told. */
  async run(): Promise<void> {
    const now = this.options.clock.now();
    await this.tellEnded(now);
    await this.tellDegraded(now);
  }

  private async tellEnded(now: number): Promise<void> {
    const { history, notifier } = this.options;
    const after = this.lookedAt;
    const query = { state: 'ended' as const, limit: MAX_ENDED };
    const { items } = await history.list(query);
    this.lookedAt = now;
    const ended = items.filter(({ endedAt }) => {
      const at = endedAt ? Date.parse(endedAt) : 0;
      return at > after && at <= now;
    });
    if (ended.length === 0) return;
    const owners = new Map<string, string | undefined>();
    for (const { name, owner } of this.options.tenants())
      owners.set(name, owner);
    for (const operation of ended) {
      const notice = noticeOf(operation, owners.get(operation.tenant));
      if (notice) await notifier.notify(notice);
    }
  }

  private async tellDegraded(now: number): Promise<void> {
    const seen = new Set<string>();
    for (const tenant of this.options.tenants()) {
      if (tenant.health.code !== 'Degraded') continue;
      seen.add(tenant.name);
      const known = this.incidents.get(tenant.name);
      const { since } = known ?? { since: now };
      const isDue = !known?.isTold && now - since >= DEBOUNCE_MS;
      const isTold = known?.isTold === true || isDue;
      this.incidents.set(tenant.name, { since, isTold });
      if (isDue) await this.tellOwner(tenant);
    }
    for (const name of this.incidents.keys()) {
      if (!seen.has(name)) this.incidents.delete(name);
    }
  }

  private async tellOwner({ name, owner, causes }: Tenant): Promise<void> {
    if (!owner) return;
    const [cause] = causes;
    const where = cause
      ? `${cause.environment}: ${cause.object.kind} ${cause.object.name}. `
      : '';
    await this.options.notifier.notify({
      recipients: [owner],
      title: `${name} is degraded`,
      description: `${where}${cause?.message ?? ''}`,
      severity: 'high',
      link: tenantLink(name),
      // Replicas that each saw it begin name the same incident.
      scope: `tenants/health/${name}/${cause?.since ?? 'now'}`,
    });
  }
}

/** Who asked is told, and the owner. What the schedule did well is no news; who cancelled knows. */
function noticeOf(operation: Operation, owner: string | undefined) {
  const { id, tenant, title, state, error, requestedBy } = operation;
  const isPerson = requestedBy.startsWith('user:');
  const hasFailed = state === 'failed';
  if (state === 'cancelled' || (!isPerson && !hasFailed)) return undefined;
  const recipients = new Set(isPerson ? [requestedBy] : []);
  if (owner) recipients.add(owner);
  return {
    recipients: [...recipients],
    title: hasFailed ? `${title}: failed` : `${title}: done`,
    description: error?.message ?? `The operation on ${tenant} is done.`,
    severity: hasFailed ? ('high' as const) : ('low' as const),
    link: tenantLink(tenant),
    scope: `tenants/operation/${id}`,
  };
}
