// SPDX-License-Identifier: Apache-2.0
import { NotAllowedError } from '@backstage/errors';

/** An entity’s name as Backstage allows it, in lower case: two people must not become one user by their letters’ case. */
const NAME = /^[a-z0-9]([a-z0-9._-]{0,61}[a-z0-9])?$/;
/** More groups than this are no person’s. */
const MAX_GROUPS = 500;

/** What somebody signs in as. */
type Ownership = {
  readonly user: string;
  /** The user and the groups, as entity references. */
  readonly refs: readonly string[];
};

/**
 * The user and groups that an identity provider’s claims name: `preferred_username` and `groups`.
 * A group whose name no entity could have is left out.
 *
 * @throws NotAllowedError when the claims name no user that the portal could have
 */
export function ownershipFromClaims(
  claims: Readonly<Record<string, unknown>>,
): Ownership {
  const name = claims.preferred_username;
  if (typeof name !== 'string' || !NAME.test(name)) {
    throw new NotAllowedError(
      'The identity provider’s claim preferred_username must be a name of lower-case letters, digits, dots, dashes and underscores. Ask its administrators.',
    );
  }
  const { groups } = claims;
  const named = Array.isArray(groups) ? groups.slice(0, MAX_GROUPS) : [];
  const user = `user:default/${name}`;
  const refs = named
    .filter(group => typeof group === 'string' && NAME.test(group))
    .map(group => `group:default/${group}`);
  return { user, refs: [user, ...new Set(refs)] };
}
