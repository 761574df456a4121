// SPDX-License-Identifier: Apache-2.0
import type { AuthService } from '@backstage/backend-plugin-api';
import {
  parseEntityRef,
  RELATION_MEMBER_OF,
  stringifyEntityRef,
} from '@backstage/catalog-model';
import { ConflictError, InputError, NotFoundError } from '@backstage/errors';
import type { CatalogService } from '@backstage/plugin-catalog-node';
import type { Permission } from '@backstage/plugin-permission-common';
import type { PolicyPreviewRegistry } from '@tenantry/backstage-plugin-tenants-node';
import type { Clock } from '../time/Clock';
import { DecisionCache } from './DecisionCache';
import {
  toTenantDecision,
  type ConditionTransformer,
  type TenantDecision,
} from './TenantDecision';

type ViewAsOptions = {
  readonly previews: Pick<PolicyPreviewRegistry, 'get'>;
  readonly catalog: Pick<CatalogService, 'getEntityByRef'>;
  readonly auth: Pick<AuthService, 'getOwnServiceCredentials'>;
  readonly transform: ConditionTransformer;
  readonly clock: Pick<Clock, 'now'>;
};

/** What the policy gives somebody else, for a platform engineer who looks at the portal as that one. */
export class ViewAs {
  private readonly refs: DecisionCache<readonly string[]>;
  private readonly decisions: DecisionCache<TenantDecision>;

  constructor(private readonly options: ViewAsOptions) {
    this.refs = new DecisionCache(options.clock);
    this.decisions = new DecisionCache(options.clock);
  }

  /** The user that a request’s header names. @throws InputError when it is no user’s entity reference */
  readUser(header: string): string {
    try {
      const ref = parseEntityRef(header, { defaultKind: 'user' });
      if (ref.kind.toLocaleLowerCase('en-US') === 'user') {
        return stringifyEntityRef(ref);
      }
    } catch {
      // Said below.
    }
    throw new InputError(
      `${JSON.stringify(
        header.slice(0, 80),
      )} is no user such as user:default/ann.`,
    );
  }

  /**
   * What the policy says for that user.
   *
   * @throws NotFoundError when the catalogue has no such user
   * @throws ConflictError when the portal’s policy cannot be asked for somebody else
   */
  async decide(user: string, permission: Permission): Promise<TenantDecision> {
    return this.decisions.get(`${user} ${permission.name}`, async () => {
      const preview = this.options.previews.get();
      if (!preview) {
        throw new ConflictError(
          'The portal’s policy cannot be asked for somebody else. Install the policy module of Tenantry, or let your policy provide a preview.',
        );
      }
      const refs = await this.ownershipOf(user);
      const decision = await preview(permission, refs);
      return toTenantDecision(decision, this.options.transform);
    });
  }

  /** The user and the groups it is directly in, as Backstage’s own sign-in resolves it. @throws NotFoundError */
  ownershipOf(user: string): Promise<readonly string[]> {
    return this.refs.get(user, () => this.readOwnership(user));
  }

  private async readOwnership(user: string): Promise<readonly string[]> {
    const { auth, catalog } = this.options;
    const credentials = await auth.getOwnServiceCredentials();
    const entity = await catalog.getEntityByRef(user, { credentials });
    if (!entity) {
      throw new NotFoundError(`The catalogue has no ${user}.`);
    }
    const groups = (entity.relations ?? [])
      .filter(({ type }) => type === RELATION_MEMBER_OF)
      .map(({ targetRef }) => targetRef);
    return [stringifyEntityRef(entity), ...groups];
  }
}
