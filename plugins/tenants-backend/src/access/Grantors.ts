// SPDX-License-Identifier: Apache-2.0
import type { Permission } from '@backstage/plugin-permission-common';
import type {
  PolicyPreviewRegistry,
  TenantFacts,
} from '@tenantry/backstage-plugin-tenants-node';
import { toTenantDecision, type ConditionTransformer } from './TenantDecision';

type GrantorsOptions = {
  readonly previews: Pick<PolicyPreviewRegistry, 'get'>;
  readonly transform: ConditionTransformer;
  /** Entity reference of who runs the platform; `undefined` when the configuration names nobody. */
  readonly platformTeam: string | undefined;
};

/** Knows whom to ask for a permission: who has it can share it, by a role in the tenant. */
export class Grantors {
  constructor(private readonly options: GrantorsOptions) {}

  /** The owner where the owner has the permission, else the platform team; `undefined` when neither is known. */
  async of(
    permission: Permission,
    tenant: TenantFacts,
  ): Promise<string | undefined> {
    const { platformTeam } = this.options;
    const { owner } = tenant;
    if (owner === undefined) return platformTeam;
    return (await this.ownerHas(permission, tenant, owner))
      ? owner
      : platformTeam;
  }

  /** Where the policy cannot be asked for somebody else, the owner is the best guess. */
  private async ownerHas(
    permission: Permission,
    tenant: TenantFacts,
    owner: string,
  ): Promise<boolean> {
    const preview = this.options.previews.get();
    if (!preview) return true;
    const decision = await preview(permission, [owner]);
    return toTenantDecision(decision, this.options.transform).allows(tenant);
  }
}
