// SPDX-License-Identifier: Apache-2.0
import { randomUUID } from 'node:crypto';
import { notFound, type Subject } from '../storage/ApiError';
import { numberOf, recordOf, textOf, type JsonRecord } from '../storage/json';
import type { KubeObject, Objects } from '../storage/Objects';
import type { Clock } from '../time/Clock';
import { AUTHENTICATED, type Caller } from './Caller';
import { TokenSigner } from './TokenSigner';

/** Whom tokens name as their maker, and, unless asked otherwise, as their reader. */
export const ISSUER = 'https://kubernetes.default.svc.cluster.local';
const LASTING_ISSUER = 'kubernetes/serviceaccount';
const PREFIX = 'system:serviceaccount:';
const CLAIM = 'kubernetes.io';
const KEYS_PATH = '/openid/v1/jwks';
const EXTRA = 'authentication.kubernetes.io/';

/** What a token is asked for. */
export type TokenOrder = {
  readonly audiences: readonly string[];
  readonly expirationSeconds: number;
  /** The object the token ends with. */
  readonly bound?: { readonly kind: 'Pod' | 'Secret'; readonly name: string };
};
export type IssuedToken = {
  readonly token: string;
  readonly expires: number;
};
/** Who a good token stands for, and which of the wanted audiences it is for. */
export type TokenHolder = {
  readonly caller: Caller;
  readonly audiences: readonly string[];
};
type Ports = { readonly objects: Objects; readonly clock: Clock };

/** Issues the tokens of service accounts, and knows whom they stand for. */
export class ServiceAccountTokens {
  private readonly signer = new TokenSigner();

  constructor(private readonly ports: Ports) {}

  /** @throws ApiError 404 for the object the token is to be bound to */
  issue(account: KubeObject, order: TokenOrder): IssuedToken {
    const { namespace = '', name, uid } = account.metadata;
    const now = Math.floor(this.ports.clock.now() / 1000);
    const expires = now + order.expirationSeconds;
    const token = this.signer.sign({
      aud: order.audiences,
      exp: expires,
      iat: now,
      iss: ISSUER,
      jti: randomUUID(),
      [CLAIM]: {
        namespace,
        ...(order.bound && this.bound(namespace, order.bound)),
        serviceaccount: { name, uid },
      },
      nbf: now,
      sub: `${PREFIX}${namespace}:${name}`,
    });
    return { token, expires: expires * 1000 };
  }

  /** A token that ends with its account or with the secret that keeps it, and not before. */
  issueLasting(account: KubeObject, secret: KubeObject): string {
    const { namespace = '', name, uid } = account.metadata;
    return this.signer.sign({
      iss: LASTING_ISSUER,
      [CLAIM]: {
        namespace,
        secret: { name: secret.metadata.name, uid: secret.metadata.uid },
        serviceaccount: { name, uid },
      },
      sub: `${PREFIX}${namespace}:${name}`,
    });
  }

  /** `undefined` for what is no token of an account that is still there, or one that has ended or is for others. */
  holder(token: string, wanted: readonly string[]): TokenHolder | undefined {
    const claims = this.signer.claims(token);
    const given = claims && this.audiencesOf(claims);
    if (!claims || !given) return undefined;
    const audiences = wanted.filter(audience => given.includes(audience));
    const caller = this.callerOf(claims);
    return caller && audiences.length > 0 ? { caller, audiences } : undefined;
  }

  /** What OpenID Connect discovery serves at a path; `undefined` for other paths. */
  document(pathname: string): JsonRecord | undefined {
    if (pathname === KEYS_PATH) return this.signer.keySet();
    if (pathname !== '/.well-known/openid-configuration') return undefined;
    return {
      issuer: ISSUER,
      jwks_uri: ISSUER + KEYS_PATH,
      response_types_supported: ['id_token'],
      subject_types_supported: ['public'],
      id_token_signing_alg_values_supported: ['ES256'],
    };
  }

  /** `undefined` when the token is over, or of another issuer. */
  private audiencesOf(claims: JsonRecord): string[] | undefined {
    if (claims.iss === LASTING_ISSUER) return [ISSUER];
    if (claims.iss !== ISSUER || !this.isCurrent(claims)) return undefined;
    return Array.isArray(claims.aud) ? claims.aud.map(String) : [];
  }

  private isCurrent(claims: JsonRecord): boolean {
    const now = this.ports.clock.now() / 1000;
    return now < numberOf(claims.exp) && now + 1 >= numberOf(claims.nbf);
  }

  private callerOf(claims: JsonRecord): Caller | undefined {
    const own = recordOf(claims[CLAIM]);
    const namespace = textOf(own.namespace) ?? '';
    const same = (resource: string, claim: unknown) =>
      this.isSame(resource, { namespace, claim: recordOf(claim) });
    if (!same('serviceaccounts', own.serviceaccount)) return undefined;
    if (own.pod && !same('pods', own.pod)) return undefined;
    if (own.secret && !same('secrets', own.secret)) return undefined;
    const account = recordOf(own.serviceaccount);
    return {
      user: `${PREFIX}${namespace}:${textOf(account.name)}`,
      uid: textOf(account.uid),
      groups: [...serviceAccountGroups(namespace), AUTHENTICATED],
      extra: {
        ...(claims.jti !== undefined && {
          [`${EXTRA}credential-id`]: [`JTI=${textOf(claims.jti)}`],
        }),
        ...boundExtra(recordOf(own.pod)),
      },
    };
  }

  private isSame(
    resource: string,
    { namespace, claim }: { namespace: string; claim: JsonRecord },
  ): boolean {
    const name = textOf(claim.name) ?? '';
    const object = this.ports.objects.get(resource, { namespace, name });
    return object !== undefined && object.metadata.uid === claim.uid;
  }

  private bound(
    namespace: string,
    { kind, name }: { kind: 'Pod' | 'Secret'; name: string },
  ): JsonRecord {
    const plural = `${kind.toLowerCase()}s`;
    const object = this.ports.objects.get(plural, { namespace, name });
    const subject: Subject = { plural, group: '' };
    if (!object) throw notFound(subject, name);
    return { [kind.toLowerCase()]: { name, uid: object.metadata.uid } };
  }
}

function boundExtra(pod: JsonRecord): Record<string, string[]> {
  const name = textOf(pod.name);
  const uid = textOf(pod.uid);
  if (!name || !uid) return {};
  return { [`${EXTRA}pod-name`]: [name], [`${EXTRA}pod-uid`]: [uid] };
}

/** The groups every service account of a namespace is in. */
export function serviceAccountGroups(namespace: string): string[] {
  return ['system:serviceaccounts', `system:serviceaccounts:${namespace}`];
}

/** The namespace and name in a user name such as `system:serviceaccount:shop:robot`. */
export function serviceAccountOf(
  user: string,
): { namespace: string; name: string } | undefined {
  if (!user.startsWith(PREFIX)) return undefined;
  const [namespace, name, ...more] = user.slice(PREFIX.length).split(':');
  return namespace && name && more.length === 0
    ? { namespace, name }
    : undefined;
}
