// SPDX-License-Identifier: Apache-2.0
import {
  platformReadPermission,
  tenantReadPermission,
} from '@tenantry/backstage-plugin-tenants-common';
import type { Permission } from '@backstage/plugin-permission-common';
import { MissingPermissionError, type Access } from '../access/Access';
import type { Caller } from '../access/Caller';
import type { TenantDecision } from '../access/TenantDecision';
import type { TenantSnapshot } from '../snapshots/TenantSnapshot';
import type { RequestNeeds } from './requestNeeds';

type RequestAccessOptions = {
  readonly access: Pick<Access, 'decide' | 'decideAgain'>;
  readonly tenantOf: (name: string) => TenantSnapshot | undefined;
};

/** Decides about what names its tenant in its body, or belongs to one. */
export class RequestAccess {
  constructor(private readonly options: RequestAccessOptions) {}

  /**
   * The tenant it is about; `undefined` when it is not there and need not be.
   *
   * @param again - Asks the policy now: for answers that last.
   * @throws what `needs.notFound` makes, for tenants that are hidden as for those that are not there
   * @throws MissingPermissionError for a tenant the caller sees
   */
  async require(
    caller: Caller,
    needs: RequestNeeds,
    again = false,
  ): Promise<TenantSnapshot | undefined> {
    const { access, tenantOf } = this.options;
    const decide = (permission: Permission): Promise<TenantDecision> =>
      again
        ? access.decideAgain(caller, permission)
        : access.decide(caller, permission);
    const reading = await decide(tenantReadPermission);
    const snapshot = tenantOf(needs.tenant);
    if (snapshot) {
      if (!reading.allows(snapshot.facts)) throw needs.notFound();
      const { permission } = needs;
      if (!permission) return snapshot;
      const allowed = await decide(permission);
      if (allowed.allows(snapshot.facts)) return snapshot;
      throw new MissingPermissionError(permission);
    }
    await this.requireMissing(caller, needs, decide);
    return undefined;
  }

  private async requireMissing(
    caller: Caller,
    { requestedBy, whenMissing, notFound }: RequestNeeds,
    decide: (permission: Permission) => Promise<TenantDecision>,
  ): Promise<void> {
    if (whenMissing) {
      const creating = await decide(whenMissing);
      if (creating.deniesAll) throw new MissingPermissionError(whenMissing);
      return;
    }
    const isOwn = requestedBy === caller.id && caller.viewsAs === undefined;
    if (isOwn) return;
    const platform = await decide(platformReadPermission);
    if (platform.deniesAll) throw notFound();
  }
}
