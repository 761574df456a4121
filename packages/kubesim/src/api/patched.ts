// SPDX-License-Identifier: Apache-2.0
import { applyPatch, type Operation } from 'fast-json-patch';
import type { Kind } from '../kinds/Kind';
import { definitions } from '../kinds/schema/Definitions';
import {
  ApiError,
  badRequest,
  unsupportedMediaType,
} from '../storage/ApiError';
import {
  cloneJson,
  isRecord,
  recordOf,
  type JsonRecord,
} from '../storage/json';
import { badPatch } from './checkPatched';
import { mergePatch } from '../storage/patches/mergePatch';
import { strategicMerge } from '../storage/patches/strategicMerge';
import { parseObject } from './respond';

export type PatchBody = { readonly text: string; readonly type: string };

const ACCEPTED = [
  'application/json-patch+json',
  'application/merge-patch+json',
  'application/strategic-merge-patch+json',
  'application/apply-patch+yaml',
];
const STRATEGIC = 'application/strategic-merge-patch+json';
const MAX_OPERATIONS = 10_000;

/** An object with a patch of any kind but apply carried out. @throws ApiError 400, 413, 415, 422 */
export function patched(
  kind: Kind,
  current: JsonRecord,
  body: PatchBody,
): JsonRecord {
  switch (body.type.split(';')[0].trim()) {
    case 'application/json-patch+json':
      return recordOf(jsonPatch(current, body.text));
    case 'application/merge-patch+json':
      return recordOf(mergePatch(cloneJson(current), mergeable(body.text)));
    case STRATEGIC:
      if (kind.custom) break;
      return strategicMerge(
        cloneJson(current),
        parseObject(body.text),
        definitions.ofKind(kind),
      );
    default:
  }
  if (!kind.custom)
    throw new ApiError({
      code: 415,
      reason: 'UnsupportedMediaType',
      message: '415: Unsupported Media Type',
      details: {},
    });
  throw unsupportedMediaType(
    ACCEPTED.filter(type => type !== STRATEGIC).join(', '),
  );
}

/** @throws ApiError 422 when the patch is JSON, but no object */
function mergeable(text: string): JsonRecord {
  if (!text.trimStart().startsWith('[')) return parseObject(text);
  throw badPatch(
    text,
    "couldn't get version/kind; json parse error: json: cannot unmarshal array into Go value",
  );
}

function jsonPatch(current: JsonRecord, text: string): unknown {
  const operations = operationsOf(text);
  try {
    return applyPatch<JsonRecord>(
      cloneJson(current),
      operations,
      true,
      true,
      true,
    ).newDocument;
  } catch {
    throw new ApiError({
      code: 422,
      reason: 'Invalid',
      message: 'the server rejected our request due to an error in our request',
      details: {},
    });
  }
}

function operationsOf(text: string): Operation[] {
  let operations: unknown;
  try {
    operations = JSON.parse(text);
  } catch {
    throw badRequest('error decoding patch: the body is no JSON');
  }
  if (!isOperations(operations))
    throw badRequest(
      'json: cannot unmarshal object into Go value of type jsonpatch.Patch',
    );
  if (operations.length > MAX_OPERATIONS)
    throw new ApiError({
      code: 413,
      reason: 'RequestEntityTooLarge',
      message: `The allowed maximum operations in a JSON patch is ${MAX_OPERATIONS}, got ${operations.length}`,
    });
  return operations;
}

function isOperations(value: unknown): value is Operation[] {
  return (
    Array.isArray(value) &&
    value.every(
      item =>
        isRecord(item) &&
        typeof item.op === 'string' &&
        typeof item.path === 'string',
    )
  );
}
