// SPDX-License-Identifier: Apache-2.0
import { NotAllowedError } from '@backstage/errors';
import {
  platformReadPermission,
  tenantReadPermission,
  type Subscription,
} from '@tenantry/backstage-plugin-tenants-common';
import { MissingPermissionError, type Access } from '../../access/Access';
import type { Caller } from '../../access/Caller';
import type { PlatformSnapshots } from '../../snapshots/PlatformSnapshots';
import type { TenantSnapshots } from '../../snapshots/TenantSnapshots';
import { noSuchTenant } from '../noSuchTenant';
import type { Feed } from './Feed';
import type { OperationSubscription } from './openOperationFeed';
import { PlatformFeed } from './PlatformFeed';
import { TenantFeed } from './TenantFeed';
import { TenantListFeed } from './TenantListFeed';

type FeedFactoryOptions = {
  readonly access: Access;
  readonly snapshots: TenantSnapshots;
  readonly platform: PlatformSnapshots;
  readonly openOperations: (
    subscription: OperationSubscription,
    caller: Caller,
  ) => Promise<Feed>;
  /** Names this process in cursors. */
  readonly instance: string;
};

/** Opens feeds for those who may have them. */
export class FeedFactory {
  constructor(private readonly options: FeedFactoryOptions) {}

  /** @throws NotAllowedError with a sentence for the caller */
  async open(subscription: Subscription, caller: Caller): Promise<Feed> {
    const { access, snapshots } = this.options;
    if (subscription.kind === 'platform') {
      const { platform } = this.options;
      await access.require(caller, platformReadPermission);
      const observedAt = () => snapshots.observedAt();
      return new PlatformFeed({ access, platform, caller, observedAt });
    }
    if (
      subscription.kind === 'operation' ||
      subscription.kind === 'operations'
    ) {
      return this.options.openOperations(subscription, caller);
    }
    const decision = await access.decide(caller, tenantReadPermission);
    if (subscription.kind === 'tenants') {
      if (decision.deniesAll) {
        throw new MissingPermissionError(tenantReadPermission);
      }
      const platform = await access.decide(caller, platformReadPermission);
      const seesAllClusters = !platform.deniesAll;
      return new TenantListFeed({
        ...this.options,
        caller,
        decision,
        seesAllClusters,
      });
    }
    const name = subscription.params.tenant;
    const snapshot = snapshots.get(name);
    if (!snapshot || !decision.allows(snapshot.facts)) {
      throw new NotAllowedError(noSuchTenant(name));
    }
    return new TenantFeed({ ...this.options, name, caller, decision });
  }
}
