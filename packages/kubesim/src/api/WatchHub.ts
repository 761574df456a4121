// SPDX-License-Identifier: Apache-2.0
import type { ServerResponse } from 'node:http';
import { badRequest, expired } from '../storage/ApiError';
import { DEFINITIONS } from '../storage/establish';
import type { HistoryEvent } from '../storage/History';
import type { ObjectStore } from '../storage/ObjectStore';
import { selectionOf } from './ListReader';
import { METADATA_ONLY } from './metadataOnly';
import { lineWriter, type Representation } from './representation';
import { isTrue, type RequestInfo } from './RequestInfo';
import type { Clock } from '../time/Clock';
import { badVersion } from './listVersion';
import { Watcher, type WatchScope } from './Watcher';

const MAX_TIMEOUT_SECONDS = 24 * 3600;
const DEFAULT_TIMEOUT_SECONDS = 1800;
/** A watch’s last bookmark comes this long before its end, as with the real server. */
const FINAL_BOOKMARK_MS = 2000;

/** All open watches. Hears each change once and offers it to those that watch its kind. */
export class WatchHub {
  private readonly byResource = new Map<string, Set<Watcher>>();
  private readonly openListeners = new Set<
    (watcher: Watcher, info: RequestInfo) => void
  >();

  constructor(
    private readonly store: ObjectStore,
    private readonly bookmarkMs: number,
    private readonly clock: Clock,
  ) {
    this.hear = this.hear.bind(this);
  }

  /** Begins to hear changes and to send bookmarks. Returns the way to stop; also ends open watches. */
  start(): () => void {
    const stopHearing = this.store.onChange(this.hear);
    const timer = setInterval(() => this.sendBookmarks(), this.bookmarkMs);
    timer.unref();
    return () => {
      stopHearing();
      clearInterval(timer);
      for (const watcher of this.all()) watcher.end();
    };
  }

  all(): Watcher[] {
    return [...this.byResource.values()].flatMap(watchers => [...watchers]);
  }

  sendBookmarks(): void {
    for (const watcher of this.all())
      watcher.bookmark(this.store.currentVersion);
  }

  /** Calls back for each watch when it has begun. */
  onOpen(listener: (watcher: Watcher, info: RequestInfo) => void): () => void {
    this.openListeners.add(listener);
    return () => this.openListeners.delete(listener);
  }

  open(
    info: RequestInfo,
    response: ServerResponse,
    shown: Representation,
  ): void {
    const { kind, namespace, query } = info;
    const bookmarks = isTrue(query.get('allowWatchBookmarks'));
    // Checked before the headers go out: a bad selector is a 400, not a line.
    const selects = joinName(info, selectionOf(info));
    const begin = this.beginning(info);
    response.writeHead(200, {
      'Content-Type': 'application/json',
      'Cache-Control': 'no-cache, private',
    });
    response.flushHeaders();
    const shows = shown.form === 'metadata' ? METADATA_ONLY : kind;
    const render = lineWriter(kind, shown, this.clock);
    const watcher = new Watcher(
      { kind, namespace, selects, bookmarks, shows, render },
      response,
    );
    if (!begin(watcher)) return;
    this.add(watcher, response);
    this.endAfter(watcher, response, timeoutMs(query.get('timeoutSeconds')));
    for (const listener of this.openListeners) listener(watcher, info);
  }

  /** What to send first; the returned function says whether the watch goes on. */
  private beginning(info: RequestInfo): (watcher: Watcher) => boolean {
    const { query, kind } = info;
    const text = query.get('resourceVersion') ?? '';
    const version = text === '' ? 0 : Number(text);
    if (!Number.isSafeInteger(version) || version < 0) {
      throw badVersion(text);
    }
    const initialEvents = query.get('sendInitialEvents');
    if (
      initialEvents !== null &&
      query.get('resourceVersionMatch') !== 'NotOlderThan'
    ) {
      throw badRequest(
        'resourceVersionMatch: Forbidden: resourceVersionMatch is forbidden for watch unless sendInitialEvents is provided',
      );
    }
    if (isTrue(initialEvents)) return watcher => this.sendState(watcher, true);
    if (version === 0 && initialEvents === null)
      return watcher => this.sendState(watcher, false);
    if (version === 0) return watcher => this.sendNothing(watcher);
    return watcher => this.sendSince(watcher, { kind, version });
  }

  private sendNothing(watcher: Watcher): boolean {
    watcher.startAfter(this.store.currentVersion);
    return true;
  }

  private sendState(watcher: Watcher, markEnd: boolean): boolean {
    const { kind, namespace, selects } = watcher.scope;
    for (const revision of this.store.list(kind, namespace)) {
      if (!selects || selects(revision)) watcher.initial(revision);
    }
    watcher.startAfter(this.store.currentVersion);
    if (markEnd) watcher.bookmark(this.store.currentVersion, true);
    return true;
  }

  private sendSince(
    watcher: Watcher,
    from: { kind: RequestInfo['kind']; version: number },
  ): boolean {
    const history = this.store.history(from.kind);
    const events = history.since(from.version);
    if (!events) {
      const error = expired(
        `too old resource version: ${from.version} (${history.compactedAt})`,
      );
      watcher.write(errorLine(error.toStatus()));
      watcher.end();
      return false;
    }
    watcher.startAfter(from.version);
    for (const event of events) watcher.offer(event);
    return true;
  }

  private hear(event: HistoryEvent): void {
    const watchers = this.byResource.get(event.kind.resource);
    if (watchers) for (const watcher of watchers) watcher.offer(event);
    if (event.kind.resource === DEFINITIONS && event.type === 'DELETED')
      this.endKind(event.revision.object.metadata.name);
  }

  /** A definition has the name of the kind it defines. */
  private endKind(resource: string): void {
    for (const watcher of this.byResource.get(resource) ?? []) watcher.end();
  }

  private add(watcher: Watcher, response: ServerResponse): void {
    const { resource } = watcher.scope.kind;
    const watchers = this.byResource.get(resource) ?? new Set();
    this.byResource.set(resource, watchers.add(watcher));
    response.once('close', () => watchers.delete(watcher));
  }

  private endAfter(
    watcher: Watcher,
    response: ServerResponse,
    ms: number,
  ): void {
    const last = setTimeout(
      () => watcher.bookmark(this.store.currentVersion),
      Math.max(0, ms - FINAL_BOOKMARK_MS),
    );
    const end = setTimeout(() => watcher.end(), ms);
    last.unref();
    end.unref();
    response.once('close', () => {
      clearTimeout(last);
      clearTimeout(end);
    });
  }
}

/** A watch line that carries a Status. */
export function errorLine(status: unknown): string {
  return `${JSON.stringify({ type: 'ERROR', object: status })}\n`;
}

function joinName(
  info: RequestInfo,
  selects: WatchScope['selects'],
): WatchScope['selects'] {
  if (!info.name) return selects;
  return revision =>
    revision.object.metadata.name === info.name &&
    (!selects || selects(revision));
}

function timeoutMs(text: string | null): number {
  const seconds = Number(text ?? '');
  if (!Number.isFinite(seconds) || seconds <= 0)
    return DEFAULT_TIMEOUT_SECONDS * 1000;
  return Math.min(seconds, MAX_TIMEOUT_SECONDS) * 1000;
}
