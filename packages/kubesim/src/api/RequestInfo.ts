// SPDX-License-Identifier: Apache-2.0
import type { IncomingMessage } from 'node:http';
import type { WriteCall } from '../admission/Admission';
import type { Kind } from '../kinds/Kind';
import type { KindRegistry } from '../kinds/KindRegistry';
import {
  badRequest,
  methodNotAllowed,
  noSuchPath,
  pageNotFound,
} from '../storage/ApiError';

/** @public */
export type Verb =
  | 'get'
  | 'list'
  | 'watch'
  | 'create'
  | 'update'
  | 'patch'
  | 'delete'
  | 'deletecollection';

/** One request about objects, taken apart. */
export type RequestInfo = {
  readonly verb: Verb;
  readonly kind: Kind;
  readonly namespace: string | undefined;
  readonly name: string | undefined;
  readonly subresource: string | undefined;
  readonly query: URLSearchParams;
  /** Who writes; for admission. */
  readonly call?: WriteCall;
};

const MAX_SEGMENTS = 10;

/** Takes a path under `/api` or `/apis` apart. @throws ApiError 404, 400 */
export function requestInfo(
  request: IncomingMessage,
  url: URL,
  kinds: KindRegistry,
): RequestInfo {
  const segments = url.pathname.split('/').filter(Boolean).map(decode);
  const [root, ...rest] = segments;
  const group = root === 'apis' ? rest.shift() : '';
  const version = rest.shift();
  if (group && !kinds.served().some(item => item.group === group))
    throw pageNotFound();
  if (
    group === undefined ||
    version === undefined ||
    (segments.length > MAX_SEGMENTS && !segments.includes('proxy'))
  )
    throw noSuchPath();
  const nested =
    rest[0] === 'namespaces' &&
    rest.length > 2 &&
    kinds.find(group, version, rest[2]);
  const namespace = nested ? rest[1] : undefined;
  const [plural, name, subresource, ...more] = nested ? rest.slice(2) : rest;
  const kind =
    plural === undefined ? undefined : kinds.find(group, version, plural);
  const deep = more.length > 0 && subresource !== 'proxy';
  if (!kind || deep) throw noSuchPath();
  if (
    kind.namespaced
      ? name !== undefined && namespace === undefined
      : namespace !== undefined
  )
    throw noSuchPath();
  const verb = verbOf(request.method ?? 'GET', {
    name,
    query: url.searchParams,
  });
  checkVerb(verb, { kind, namespace, name, subresource });
  return { verb, kind, namespace, name, subresource, query: url.searchParams };
}

/** Objects are created in a collection and changed one by one. */
function checkVerb(
  verb: Verb,
  { kind, namespace, name, subresource }: Omit<RequestInfo, 'verb' | 'query'>,
): void {
  const homeless = kind.namespaced && namespace === undefined;
  const whole = name === undefined;
  const wrong =
    (verb === 'create' && (homeless || (!whole && !subresource))) ||
    (whole && (verb === 'update' || verb === 'patch')) ||
    (verb === 'deletecollection' && (homeless || kind.plural === 'namespaces'));
  if (wrong) throw methodNotAllowed();
}

function decode(segment: string): string {
  let text: string;
  try {
    text = decodeURIComponent(segment);
  } catch {
    throw badRequest('the path has a malformed escape');
  }
  if (
    text.includes('/') ||
    text.includes('\0') ||
    text === '..' ||
    text === '.'
  ) {
    throw badRequest('the path names no resource');
  }
  return text;
}

function verbOf(
  method: string,
  target: { name?: string; query: URLSearchParams },
): Verb {
  switch (method) {
    case 'POST':
      return 'create';
    case 'PUT':
      return 'update';
    case 'PATCH':
      return 'patch';
    case 'DELETE':
      return target.name ? 'delete' : 'deletecollection';
    default:
      if (target.name) return 'get';
      return isTrue(target.query.get('watch')) ? 'watch' : 'list';
  }
}

/** Whether a query parameter says yes, as Go reads booleans. */
export function isTrue(value: string | null): boolean {
  return value === 'true' || value === '1' || value === 'True' || value === 't';
}
