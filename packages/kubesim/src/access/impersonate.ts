// SPDX-License-Identifier: Apache-2.0
import type { IncomingMessage } from 'node:http';
import { ApiError } from '../storage/ApiError';
import type { Attributes } from './Attributes';
import {
  ANONYMOUS,
  AUTHENTICATED,
  UNAUTHENTICATED,
  type Caller,
} from './Caller';
import { serviceAccountGroups, serviceAccountOf } from './ServiceAccountTokens';

/** More headers than this of one kind are not read. */
const MAX_VALUES = 200;
const EXTRA_PREFIX = 'impersonate-extra-';
const AUTHENTICATION = 'authentication.k8s.io';

type Wish = {
  readonly user: string | undefined;
  readonly uid: string | undefined;
  readonly groups: readonly string[];
  readonly extra: Readonly<Record<string, readonly string[]>>;
};

/**
 * Whom the request asks to be treated as from; the caller when it asks for nobody else.
 *
 * @throws ApiError 403 through `check`, 500 when it names groups but no user, as the real server does
 */
export function impersonate(
  request: IncomingMessage,
  caller: Caller,
  check: (attributes: Attributes) => void,
): Caller {
  const wish = wishOf(request);
  if (wish.user === undefined) {
    if (wish.uid || wish.groups.length > 0 || Object.keys(wish.extra).length)
      throw withoutUser(request.url ?? '', wish);
    return caller;
  }
  for (const asked of permissionsFor(wish, wish.user)) check(asked);
  return {
    user: wish.user,
    ...(wish.uid && { uid: wish.uid }),
    groups: groupsOf(wish, wish.user),
    ...(Object.keys(wish.extra).length > 0 && { extra: wish.extra }),
  };
}

function wishOf(request: IncomingMessage): Wish {
  const values = request.headersDistinct;
  const extra: Record<string, string[]> = Object.create(null);
  for (const [header, texts = []] of Object.entries(values)) {
    if (!header.startsWith(EXTRA_PREFIX)) continue;
    extra[keyOf(header.slice(EXTRA_PREFIX.length))] = texts.slice(
      0,
      MAX_VALUES,
    );
  }
  return {
    user: values['impersonate-user']?.[0] || undefined,
    uid: values['impersonate-uid']?.[0] || undefined,
    groups: (values['impersonate-group'] ?? []).slice(0, MAX_VALUES),
    extra,
  };
}

/** Keys are escaped as in a URL, for the characters a header name cannot have. */
function keyOf(escaped: string): string {
  try {
    return decodeURIComponent(escaped);
  } catch {
    return escaped;
  }
}

function permissionsFor(wish: Wish, user: string): Attributes[] {
  const verb = 'impersonate';
  const account = serviceAccountOf(user);
  const ofUser: Attributes = account
    ? { verb, group: '', resource: 'serviceaccounts', ...account }
    : { verb, group: '', resource: 'users', name: user };
  const ofGroups = wish.groups.map(
    (name): Attributes => ({ verb, group: '', resource: 'groups', name }),
  );
  const ofUid: Attributes[] = wish.uid
    ? [{ verb, group: AUTHENTICATION, resource: 'uids', name: wish.uid }]
    : [];
  const ofExtra = Object.entries(wish.extra).flatMap(([subresource, names]) =>
    names.map(
      (name): Attributes => ({
        verb,
        group: AUTHENTICATION,
        resource: 'userextras',
        subresource,
        name,
      }),
    ),
  );
  return [ofUser, ...ofGroups, ...ofExtra, ...ofUid];
}

function groupsOf({ groups }: Wish, user: string): string[] {
  const account = serviceAccountOf(user);
  const own =
    account && groups.length === 0
      ? serviceAccountGroups(account.namespace)
      : [...groups];
  const common = user === ANONYMOUS.user ? UNAUTHENTICATED : AUTHENTICATED;
  return own.includes(AUTHENTICATED) || own.includes(UNAUTHENTICATED)
    ? own
    : [...own, common];
}

/** In the form the real server prints what was asked for. */
function withoutUser(path: string, wish: Wish): ApiError {
  const version = `${AUTHENTICATION}/v1`;
  const asked = [
    ...wish.groups.map(name => `{Group  ${name}    }`),
    ...Object.entries(wish.extra).flatMap(([key, values]) =>
      values.map(value => `{UserExtra  ${value}  ${version}  ${key}}`),
    ),
    ...(wish.uid ? [`{UID  ${wish.uid}  ${version}  }`] : []),
  ];
  return new ApiError({
    code: 500,
    reason: 'InternalError',
    message: `Internal Server Error: ${JSON.stringify(
      path,
    )}: requested [${asked.join(' ')}] without impersonating a user`,
    plain: true,
  });
}
