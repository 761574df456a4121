// SPDX-License-Identifier: Apache-2.0
import type { IncomingMessage } from 'node:http';
import { ApiError, unauthorized } from '../storage/ApiError';

/** @public */
export type TokenAccess = 'admin' | 'read';
/** A bearer token the API accepts. @public */
export type TokenGrant = {
  readonly token: string;
  readonly user: string;
  readonly groups?: readonly string[];
  readonly access: TokenAccess;
};
/** What a caller wants to do. */
export type Attributes = {
  readonly verb: string;
  readonly group: string;
  readonly resource: string;
  readonly subresource?: string;
  readonly namespace?: string;
  readonly name?: string;
};
/** Decides whether a caller may. The seam for rules from roles and bindings. */
export type Authorizer = (grant: TokenGrant, attributes: Attributes) => boolean;

const READING: ReadonlySet<string> = new Set(['get', 'list', 'watch']);

/** Admin may do everything; read may read, but asks about its own rights too. */
export const byTokenAccess: Authorizer = (grant, { verb, resource }) =>
  grant.access === 'admin' ||
  READING.has(verb) ||
  resource.startsWith('selfsubject');

/** Who calls, and whether they may. */
export class Access {
  private readonly grants: ReadonlyMap<string, TokenGrant>;

  constructor(
    grants: readonly TokenGrant[],
    private readonly authorizer: Authorizer = byTokenAccess,
  ) {
    this.grants = new Map(grants.map(grant => [grant.token, grant]));
  }

  /** @throws ApiError 401 */
  identify(request: IncomingMessage): TokenGrant {
    const header = request.headers.authorization ?? '';
    const grant = header.startsWith('Bearer ')
      ? this.grants.get(header.slice(7).trim())
      : undefined;
    if (!grant) throw unauthorized();
    return grant;
  }

  allows(grant: TokenGrant, attributes: Attributes): boolean {
    return this.authorizer(grant, attributes);
  }

  /** @throws ApiError 403 */
  check(grant: TokenGrant, attributes: Attributes): void {
    if (!this.allows(grant, attributes)) throw denied(grant.user, attributes);
  }
}

/** The real answer to a caller who may not. */
export function denied(user: string, attributes: Attributes): ApiError {
  const { verb, group, subresource, namespace, name } = attributes;
  const resource = subresource
    ? `${attributes.resource}/${subresource}`
    : attributes.resource;
  const qualified = group
    ? `${attributes.resource}.${group}`
    : attributes.resource;
  const subject = name ? `${qualified} "${name}"` : qualified;
  const where = namespace
    ? `in the namespace "${namespace}"`
    : 'at the cluster scope';
  return new ApiError({
    code: 403,
    reason: 'Forbidden',
    message: `${subject} is forbidden: User "${user}" cannot ${verb} resource "${resource}" in API group "${group}" ${where}`,
    details: {
      ...(name && { name }),
      ...(group && { group }),
      kind: attributes.resource,
    },
  });
}
