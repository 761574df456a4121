// SPDX-License-Identifier: Apache-2.0
import type { Kind } from '../kinds/Kind';
import { badRequest, expired, notFound } from '../storage/ApiError';
import { recordOf, textOf } from '../storage/json';
import type { ObjectStore } from '../storage/ObjectStore';
import type { Revision } from '../storage/Revision';
import { parseFieldSelector } from '../storage/selectors/FieldSelector';
import { parseLabelSelector } from '../storage/selectors/LabelSelector';
import { stateAt, wantedVersion } from './listVersion';
import type { RequestInfo } from './RequestInfo';
import { viewed } from './viewed';

/** Snapshots kept for lists that are read page by page; the oldest goes first. */
const MAX_SNAPSHOTS = 64;
const CONTINUE_EXPIRED =
  'The provided continue parameter is too old to display a consistent list result. You can start a new list without the continue parameter, or use the continue token in this response to retrieve the remainder of the results. Continuing with the provided token results in an inconsistent list - objects that were created, modified, or deleted between the time the first chunk was returned and now may show up in the list.';

/** One page of a list. */
export type Page = {
  readonly version: string;
  readonly revisions: readonly Revision[];
  readonly continueToken: string | undefined;
  readonly remaining: number | undefined;
};
type Snapshot = {
  readonly version: string;
  readonly revisions: readonly Revision[];
  readonly selected: boolean;
};
type Token = {
  readonly rv: string;
  readonly key: string;
  readonly offset: number;
};

/** Whether a request’s selectors choose an object. */
export function selectionOf(
  info: RequestInfo,
): ((revision: Revision) => boolean) | undefined {
  const labelText = info.query.get('labelSelector');
  const fieldText = info.query.get('fieldSelector');
  if (!labelText && !fieldText) return undefined;
  const labels = labelText ? parseLabelSelector(labelText) : undefined;
  const fields = fieldText
    ? parseFieldSelector(info.kind, fieldText)
    : undefined;
  return ({ object }) =>
    (!labels || labels(object.metadata.labels ?? {})) &&
    (!fields || fields(object));
}

/** Answers lists, page by page from one consistent snapshot. */
export class ListReader {
  private readonly snapshots = new Map<string, Snapshot>();

  constructor(private readonly store: ObjectStore) {}

  /** @throws ApiError 410 when the snapshot of a continue token is gone; 400 */
  read(info: RequestInfo): Page {
    const limit = limitOf(info.query.get('limit'));
    const given = info.query.get('continue');
    const key = `${info.kind.resource} ${info.namespace ?? ''} ${
      info.query.get('labelSelector') ?? ''
    } ${info.query.get('fieldSelector') ?? ''}`;
    const wanted = wantedVersion(info, this.store.currentVersion);
    if (given && info.query.get('resourceVersion'))
      throw badRequest(
        'specifying resource version is not allowed when using continue',
      );
    if (given)
      return this.viewed(info, this.resume(decodeToken(given), { key, limit }));
    const selected = selectionOf(info);
    const all =
      wanted === undefined
        ? this.store.list(info.kind, info.namespace)
        : stateAt(this.store, info, wanted);
    const snapshot: Snapshot = {
      version: String(wanted ?? this.store.currentVersion),
      revisions: selected ? all.filter(selected) : all,
      selected: selected !== undefined,
    };
    return this.viewed(info, this.page(snapshot, { key, limit, offset: 0 }));
  }

  /** One object. @throws ApiError 404, which names a scale by its own path */
  one({ kind, namespace, name = '', subresource }: RequestInfo): Revision {
    const found = this.store.get(kind, namespace, name);
    if (found) return found;
    const plural =
      subresource === 'scale' ? `${kind.plural}/scale` : kind.plural;
    throw notFound({ plural, group: kind.group }, name);
  }

  private viewed({ kind }: RequestInfo, page: Page): Page {
    if (!kind.convert) return page;
    const revisions = page.revisions.map(item => viewed(kind, item));
    return { ...page, revisions };
  }

  /** Forgets the snapshots, so that every continue token is too old. */
  forget(): void {
    this.snapshots.clear();
  }

  private resume(token: Token, request: { key: string; limit: number }): Page {
    const snapshot = this.snapshots.get(`${token.rv} ${request.key}`);
    if (token.key !== request.key)
      throw badRequest('continue key is not valid: it is from another list');
    if (!snapshot) throw continueExpired();
    return this.page(snapshot, { ...request, offset: token.offset });
  }

  private page(
    snapshot: Snapshot,
    at: { key: string; limit: number; offset: number },
  ): Page {
    const { version, revisions } = snapshot;
    const end = at.limit > 0 ? at.offset + at.limit : revisions.length;
    if (end >= revisions.length) {
      const rest = at.offset === 0 ? revisions : revisions.slice(at.offset);
      return {
        version,
        revisions: rest,
        continueToken: undefined,
        remaining: undefined,
      };
    }
    this.keep(`${version} ${at.key}`, snapshot);
    return {
      version,
      revisions: revisions.slice(at.offset, end),
      continueToken: encodeToken({ rv: version, key: at.key, offset: end }),
      remaining: snapshot.selected ? undefined : revisions.length - end,
    };
  }

  private keep(key: string, snapshot: Snapshot): void {
    this.snapshots.delete(key);
    this.snapshots.set(key, snapshot);
    for (const oldest of this.snapshots.keys()) {
      if (this.snapshots.size <= MAX_SNAPSHOTS) return;
      this.snapshots.delete(oldest);
    }
  }
}

/** The real answer to a continue token that is too old. */
export function continueExpired() {
  return expired(CONTINUE_EXPIRED);
}

/** A page as the JSON text of a typed list. */
export function listJson(kind: Kind, page: Page): string {
  return [...listPieces(kind, page)].join('');
}

/** Objects put together into one piece of text. */
const PIECE_ITEMS = 100;

/** The text of a list in pieces, so that a long one is never in memory as a whole. */
export function* listPieces(kind: Kind, page: Page): Generator<string> {
  const metadata = JSON.stringify({
    resourceVersion: page.version,
    ...continueOf(kind, page),
    ...(page.remaining !== undefined && { remainingItemCount: page.remaining }),
  });
  yield `{"kind":"${kind.kind}List","apiVersion":"${kind.apiVersion}","metadata":${metadata},"items":[`;
  const { revisions } = page;
  for (let first = 0; first < revisions.length; first += PIECE_ITEMS) {
    // Items of a typed list carry no kind of their own; items of custom resources do.
    const items = revisions
      .slice(first, first + PIECE_ITEMS)
      .map(item => (kind.custom ? item.json : item.itemJson));
    yield (first === 0 ? '' : ',') + items.join(',');
  }
  yield ']}\n';
}

/** Lists of custom resources have the member even when there is no more. */
function continueOf(kind: Kind, { continueToken }: Page) {
  if (continueToken !== undefined) return { continue: continueToken };
  return kind.custom ? { continue: '' } : {};
}

function limitOf(text: string | null): number {
  if (text === null || text === '') return 0;
  const limit = Number(text);
  if (!Number.isSafeInteger(limit))
    throw badRequest(
      `strconv.ParseInt: parsing ${JSON.stringify(text)}: invalid syntax`,
    );
  return Math.max(limit, 0);
}

function encodeToken(token: Token): string {
  return Buffer.from(
    JSON.stringify({ v: 'meta.k8s.io/v1', ...token }),
  ).toString('base64url');
}

function decodeToken(text: string): Token {
  try {
    const value = recordOf(
      JSON.parse(Buffer.from(text, 'base64url').toString('utf8')),
    );
    const rv = textOf(value.rv);
    const key = textOf(value.key);
    if (
      rv !== undefined &&
      key !== undefined &&
      typeof value.offset === 'number'
    ) {
      return { rv, key, offset: value.offset };
    }
  } catch {
    // Falls through to the answer for anything unreadable.
  }
  throw badRequest(
    'invalid continue token: continue key is not valid: it cannot be decoded',
  );
}
