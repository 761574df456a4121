// SPDX-License-Identifier: Apache-2.0
import { randomBytes } from 'node:crypto';
import type { KindRegistry } from '../kinds/KindRegistry';
import type { Objects } from '../storage/Objects';
import type { ObjectStore } from '../storage/ObjectStore';
import type { Clock } from '../time/Clock';
import { AccountSecrets } from './AccountSecrets';
import { Authenticator, type TokenGrant } from './Authenticator';
import type { Authorizer } from './Authorizer';
import { MASTERS } from './Caller';
import type { CertificateAuthority } from './CertificateAuthority';
import { ServiceAccountTokens } from './ServiceAccountTokens';

const TOKEN_BYTES = 24;

/** Everything that says who calls a simulated cluster and what they may. */
export type ClusterAccess = {
  readonly authority: CertificateAuthority;
  readonly accounts: ServiceAccountTokens;
  readonly authenticator: Authenticator;
  readonly authorizer: Authorizer;
  /** The first token that may do everything. */
  readonly adminToken: string;
};
type Ports = {
  readonly store: ObjectStore;
  readonly kinds: KindRegistry;
  readonly objects: Objects;
  readonly clock: Clock;
  readonly authority: CertificateAuthority;
  readonly authorizer: Authorizer;
};

export function createClusterAccess(
  ports: Ports,
  options: { tokens?: readonly TokenGrant[]; anonymous: boolean },
): ClusterAccess {
  const { authority, authorizer } = ports;
  const accounts = new ServiceAccountTokens(ports);
  const { certificate } = authority;
  new AccountSecrets({ ...ports, accounts, certificate }).start();
  const grants = withAdmin(options.tokens ?? []);
  const authenticator = new Authenticator({
    grants: grants.all,
    accounts,
    anonymous: options.anonymous,
  });
  const adminToken = grants.admin;
  return { authority, accounts, authenticator, authorizer, adminToken };
}

/** A token nobody can guess. */
export function createToken(): string {
  return randomBytes(TOKEN_BYTES).toString('hex');
}

function withAdmin(tokens: readonly TokenGrant[]): {
  admin: string;
  all: readonly TokenGrant[];
} {
  const present = tokens.find(grant => grant.access === 'admin');
  if (present) return { admin: present.token, all: tokens };
  const grant: TokenGrant = {
    token: createToken(),
    user: 'kubernetes-admin',
    groups: [MASTERS],
    access: 'admin',
  };
  return { admin: grant.token, all: [...tokens, grant] };
}
