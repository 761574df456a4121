// SPDX-License-Identifier: Apache-2.0
import type { IncomingMessage } from 'node:http';
import { TLSSocket } from 'node:tls';
import { unauthorized } from '../storage/ApiError';
import { ANONYMOUS, AUTHENTICATED, type Caller } from './Caller';
import {
  ISSUER,
  type ServiceAccountTokens,
  type TokenHolder,
} from './ServiceAccountTokens';

/** @public */
export type TokenAccess = 'admin' | 'read';
/** A bearer token the API accepts. @public */
export type TokenGrant = {
  readonly token: string;
  readonly user: string;
  readonly groups?: readonly string[];
  readonly uid?: string;
  readonly extra?: Readonly<Record<string, readonly string[]>>;
  /** What the token may do whatever roles say; roles and bindings alone decide without it. */
  readonly access?: TokenAccess;
};
type Options = {
  readonly grants: readonly TokenGrant[];
  readonly accounts: ServiceAccountTokens;
  /** Whether requests without credentials are let in as `system:anonymous`. */
  readonly anonymous: boolean;
};

/** Says who calls, from bearer tokens, client certificates and the tokens of service accounts. */
export class Authenticator {
  private readonly callers: Map<string, Caller>;

  constructor(private readonly options: Options) {
    this.callers = new Map(
      options.grants.map(grant => [grant.token, callerOf(grant)]),
    );
  }

  /** Accepts one more token. */
  add(grant: TokenGrant): void {
    this.callers.set(grant.token, callerOf(grant));
  }

  /** A certificate goes before a token, as on the real server. @throws ApiError 401 */
  identify(request: IncomingMessage): Caller {
    const certified = certifiedCaller(request);
    if (certified) return certified;
    const header = request.headers.authorization ?? '';
    const token = /^bearer +(\S+)\s*$/i.exec(header)?.[1];
    const caller = token && this.holder(token)?.caller;
    if (caller) return caller;
    if (token || !this.options.anonymous) throw unauthorized();
    return ANONYMOUS;
  }

  /** Whom a token stands for, if it is for one of the audiences; `undefined` when it is not good. */
  holder(
    token: string,
    audiences: readonly string[] = [ISSUER],
  ): TokenHolder | undefined {
    const caller = this.callers.get(token);
    if (!caller) return this.options.accounts.holder(token, audiences);
    const meant = audiences.filter(audience => audience === ISSUER);
    return meant.length > 0 ? { caller, audiences: meant } : undefined;
  }
}

function callerOf({ token: _token, ...grant }: TokenGrant): Caller {
  return { ...grant, groups: withAuthenticated(grant.groups ?? []) };
}

/** The groups with the one of everybody who has a name. */
export function withAuthenticated(groups: readonly string[]): string[] {
  return groups.includes(AUTHENTICATED)
    ? [...groups]
    : [...groups, AUTHENTICATED];
}

/** @throws ApiError 401 for a certificate of another authority */
function certifiedCaller({ socket }: IncomingMessage): Caller | undefined {
  if (!(socket instanceof TLSSocket)) return undefined;
  const { subject } = socket.getPeerCertificate();
  if (!subject) return undefined;
  const user = textsOf(subject.CN).at(-1);
  if (!socket.authorized || !user) throw unauthorized();
  return { user, groups: withAuthenticated(textsOf(subject.O)) };
}

/** A field of a subject that is there several times is a list, whatever its type says. */
function textsOf(field: string | readonly string[] | undefined): string[] {
  return field === undefined ? [] : [field].flat();
}
