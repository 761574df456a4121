// SPDX-License-Identifier: Apache-2.0
import type {
  BackstageCredentials,
  BackstageServicePrincipal,
  BackstageUserPrincipal,
} from '@backstage/backend-plugin-api';
import { hashText } from '../snapshots/contentVersion';
import type { ServiceGrant } from './ServiceAccess';

/** Who asks. */
export type Caller = {
  readonly credentials: BackstageCredentials<
    BackstageUserPrincipal | BackstageServicePrincipal
  >;
  /** Entity reference of the user, or the subject of the service. */
  readonly id: string;
  /** Distinguishes tokens of one caller without holding them. */
  readonly tokenHash: string;
  /** When the caller’s token expires, in milliseconds since the epoch; `undefined` when it does not say. */
  readonly expiresAt: number | undefined;
  /** For a service on a route that is not for services by itself: what it was granted. */
  readonly grants?: readonly ServiceGrant[];
  /** Entity reference of the user as whom the caller looks at the portal. */
  readonly viewsAs?: string;
};

/** Describes who asks from what the framework has checked. */
export function toCaller(
  credentials: Caller['credentials'],
  authorization: string | undefined,
): Caller {
  const token = authorization?.replace(/^Bearer\s+/i, '') ?? '';
  const { principal } = credentials;
  return {
    credentials,
    id: principal.type === 'user' ? principal.userEntityRef : principal.subject,
    tokenHash: hashText(token),
    expiresAt: credentials.expiresAt?.getTime() ?? readExpiry(token),
  };
}

/** Reads `exp` of a JSON web token. The token has been verified by the framework: this only looks at the time. */
function readExpiry(token: string): number | undefined {
  const payload = token.split('.')[1];
  if (!payload) return undefined;
  try {
    const claims: unknown = JSON.parse(
      Buffer.from(payload, 'base64url').toString('utf8'),
    );
    if (typeof claims !== 'object' || claims === null || !('exp' in claims)) {
      return undefined;
    }
    return typeof claims.exp === 'number' ? claims.exp * 1000 : undefined;
  } catch {
    // Not every token is a JSON web token.
    return undefined;
  }
}
