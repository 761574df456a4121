// SPDX-License-Identifier: Apache-2.0
import type { IncomingMessage } from 'node:http';
import type { Kind } from '../kinds/Kind';
import { ApiError, badRequest } from '../storage/ApiError';
import type { Revision } from '../storage/Revision';
import type { Clock } from '../time/Clock';
import { listJson, type Page } from './ListReader';
import { metadataJson, metadataListJson } from './metadataOnly';
import { tableJson, tableLine, type RowObject } from './table';
import { viewed } from './viewed';
import type { WatchScope } from './Watcher';

const INCLUDES: readonly string[] = ['None', 'Object', 'Metadata', ''];
const BAD_INCLUDE = "must be 'Metadata', 'Object', 'None', or empty";

/** The form a caller wants objects in, by its Accept header. */
export type Representation =
  | { readonly form: 'objects' | 'metadata' }
  | { readonly form: 'table'; readonly rows: RowObject };

/** Clients that would rather have protobuf take JSON, too. */
function acceptable(type: string): boolean {
  return /^\s*(\*|application)\/(\*|json|yaml|vnd\.kubernetes\.protobuf|x-www-form-urlencoded)/.test(
    type,
  );
}

/** @throws ApiError 400 for rows that no table has, 406 */
export function representationOf(
  request: IncomingMessage,
  query: URLSearchParams,
): Representation {
  const accept = request.headers.accept ?? '*/*';
  if (!accept.split(',').some(acceptable))
    throw new ApiError({
      code: 406,
      reason: 'NotAcceptable',
      message: '406: Not Acceptable',
      details: {},
    });
  const wanted = accept.split(',')[0];
  if (wanted.includes('as=PartialObjectMetadata')) return { form: 'metadata' };
  if (!wanted.includes('as=Table')) return { form: 'objects' };
  const include = query.get('includeObject') ?? '';
  if (!INCLUDES.includes(include))
    throw badRequest(
      `Unable to convert to Table as requested: includeObject: Invalid value: ${JSON.stringify(
        include,
      )}: ${BAD_INCLUDE}`,
    );
  const rows =
    include === 'None' || include === 'Object' ? include : 'Metadata';
  return { form: 'table', rows };
}

/** A page in the wanted form. */
export function pageText(
  kind: Kind,
  page: Page,
  { shown, now }: { shown: Representation; now: number },
): string {
  switch (shown.form) {
    case 'table':
      return tableJson(kind, page, { now, rows: shown.rows });
    case 'metadata':
      return metadataListJson(page);
    default:
      return listJson(kind, page);
  }
}

/** One object in the wanted form. */
export function objectText(
  kind: Kind,
  revision: Revision,
  { shown, now }: { shown: Representation; now: number },
): string {
  if (shown.form !== 'table')
    return shown.form === 'metadata' ? metadataJson(revision) : revision.json;
  const page = {
    version: revision.object.metadata.resourceVersion,
    revisions: [revision],
    continueToken: undefined,
    remaining: undefined,
  };
  return tableJson(kind, page, { now, rows: shown.rows });
}

/** How a watch writes its lines; `undefined` when it writes objects as they are stored. */
export function lineWriter(
  kind: Kind,
  shown: Representation,
  clock: Clock,
): WatchScope['render'] {
  if (shown.form === 'table')
    return tableLine(kind, { clock, rows: shown.rows });
  if (shown.form === 'objects' && !kind.convert) return undefined;
  const text = shown.form === 'metadata' ? metadataJson : jsonOf;
  return (type, revision) =>
    `{"type":"${type}","object":${text(viewed(kind, revision))}}\n`;
}

function jsonOf(revision: Revision): string {
  return revision.json;
}
