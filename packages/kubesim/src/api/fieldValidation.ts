// SPDX-License-Identifier: Apache-2.0
import { definitions } from '../kinds/schema/Definitions';
import { omitEmpty } from '../kinds/schema/omitEmpty';
import { pruneObject } from '../kinds/schema/pruneObject';
import { typeError } from '../kinds/schema/typeErrors';
import { badRequest, type ApiError } from '../storage/ApiError';
import { cloneJson, type JsonRecord } from '../storage/json';
import type { RequestInfo } from './RequestInfo';
import { badOption } from './writeOptions';

const LEVELS: readonly string[] = ['Ignore', 'Strict', 'Warn'];

/**
 * What the server makes of the members of a body that its kind does not have: they are dropped, and told of or refused
 * as `fieldValidation` says. A member of the wrong type is refused whatever it says.
 *
 * @throws ApiError 400, 422
 */
export function decodeFields(
  info: RequestInfo,
  body: JsonRecord,
  refuse: (why: string) => ApiError = why => unreadable(info, why),
): JsonRecord {
  const level = levelOf(info);
  const schema = definitions.ofKind(info.kind);
  if (!schema || isAbout(info, body)) return body;
  const object = cloneJson(body);
  const unknown = pruneObject(schema, object).map(
    path => `unknown field ${JSON.stringify(path)}`,
  );
  if (level === 'Strict' && unknown.length > 0)
    throw refuse(`strict decoding error: ${unknown.join(', ')}`);
  if (level === 'Warn') for (const text of unknown) info.call?.warn(text);
  // Custom resources are checked by their own schema, once they are whole.
  const wrong = info.kind.custom ? undefined : typeError(schema, object);
  if (wrong) throw refuse(wrong);
  omitEmpty(info.kind, object);
  return object;
}

/** A body of another kind, such as a Scale, has other members. */
function isAbout(
  { kind, subresource }: RequestInfo,
  body: JsonRecord,
): boolean {
  const other = typeof body.kind === 'string' && body.kind !== kind.kind;
  return other || (subresource !== undefined && subresource !== 'status');
}

function levelOf({ query, verb }: RequestInfo): string {
  const text = query.get('fieldValidation') || 'Warn';
  if (LEVELS.includes(text)) return text;
  const supported = ['', ...LEVELS].map(item => JSON.stringify(item));
  throw badOption(verb, {
    reason: 'FieldValueNotSupported',
    message: `Unsupported value: ${JSON.stringify(
      text,
    )}: supported values: ${supported.join(', ')}`,
    field: 'fieldValidation',
  });
}

function unreadable({ kind }: RequestInfo, why: string): ApiError {
  return badRequest(
    `${kind.kind} in version ${JSON.stringify(
      kind.version,
    )} cannot be handled as a ${kind.kind}: ${why}`,
  );
}
