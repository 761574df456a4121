// SPDX-License-Identifier: Apache-2.0
import { ApiError } from '../storage/ApiError';

/** What a caller wants to do with objects. */
export type ResourceAttributes = {
  readonly verb: string;
  readonly group: string;
  readonly resource: string;
  readonly subresource?: string;
  readonly namespace?: string;
  readonly name?: string;
};
/** What a caller wants of a path that is about no objects. */
export type PathAttributes = { readonly verb: string; readonly path: string };
export type Attributes = ResourceAttributes | PathAttributes;

/** Whether this is about a path and no objects. */
export function isPath(attributes: Attributes): attributes is PathAttributes {
  return 'path' in attributes;
}

const WRITING: Readonly<Record<string, string>> = {
  POST: 'create',
  PUT: 'update',
  PATCH: 'patch',
};
const NAMESPACE_PARTS: ReadonlySet<string> = new Set(['status', 'finalize']);
const NAME_SELECTOR = /(?:^|,)metadata\.name==?([^,=]+)(?:,|$)/;

/** What a request wants, whether or not the kind it names is served. */
export function attributesOf(method: string, url: URL): Attributes {
  const segments = url.pathname.split('/').filter(Boolean).map(decoded);
  const [root, ...rest] = segments;
  const group = root === 'apis' ? rest.shift() : '';
  rest.shift();
  if ((root !== 'api' && root !== 'apis') || rest.length === 0)
    return { verb: method.toLowerCase(), path: url.pathname };
  return { group: group ?? '', ...target(rest, { method, url }) };
}

function target(
  parts: string[],
  { method, url }: { method: string; url: URL },
): Omit<ResourceAttributes, 'group'> {
  const [first, owner, ...inner] = parts;
  const nested =
    first === 'namespaces' &&
    inner.length > 0 &&
    !NAMESPACE_PARTS.has(inner[0]);
  const [resource, name, subresource] = nested ? inner : parts;
  const inNamespace = first === 'namespaces' ? owner : undefined;
  const verb = verbOf(method, name !== undefined, url.searchParams);
  return {
    verb,
    resource,
    ...(inNamespace !== undefined && { namespace: inNamespace }),
    ...named(name, verb, url.searchParams),
    ...(subresource !== undefined && { subresource }),
  };
}

function verbOf(method: string, single: boolean, query: URLSearchParams) {
  if (method === 'DELETE') return single ? 'delete' : 'deletecollection';
  if (Object.hasOwn(WRITING, method)) return WRITING[method];
  if (single) return 'get';
  const watch = query.get('watch');
  return watch !== null && watch !== 'false' && watch !== '0'
    ? 'watch'
    : 'list';
}

/** A collection narrowed to one name counts as that name. */
function named(
  name: string | undefined,
  verb: string,
  query: URLSearchParams,
): { name?: string } {
  if (name !== undefined) return { name };
  if (verb !== 'list' && verb !== 'watch' && verb !== 'deletecollection')
    return {};
  const found = NAME_SELECTOR.exec(query.get('fieldSelector') ?? '');
  return found ? { name: found[1] } : {};
}

function decoded(segment: string): string {
  try {
    return decodeURIComponent(segment);
  } catch {
    return segment;
  }
}

/** The real answer to a caller who may not; `reason` is what kept the rules from being read. */
export function denied(
  user: string,
  attributes: Attributes,
  reason = '',
): ApiError {
  const because = reason && `: ${reason}`;
  if (isPath(attributes)) {
    const { verb, path } = attributes;
    return new ApiError({
      code: 403,
      reason: 'Forbidden',
      message: `forbidden: User "${user}" cannot ${verb} path "${path}"${because}`,
      details: {},
    });
  }
  const { verb, group, subresource, namespace, name } = attributes;
  const kind = attributes.resource;
  const resource = subresource ? `${kind}/${subresource}` : kind;
  const qualified = group ? `${kind}.${group}` : kind;
  const subject = name ? `${qualified} "${name}"` : qualified;
  const where = namespace
    ? `in the namespace "${namespace}"`
    : 'at the cluster scope';
  return new ApiError({
    code: 403,
    reason: 'Forbidden',
    message: `${subject} is forbidden: User "${user}" cannot ${verb} resource "${resource}" in API group "${group}" ${where}${because}`,
    details: { ...(name && { name }), ...(group && { group }), kind },
  });
}
