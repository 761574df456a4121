// SPDX-License-Identifier: Apache-2.0
import type { ServerResponse } from 'node:http';
import type { Kind } from '../kinds/Kind';
import type { ChangeType, HistoryEvent } from '../storage/History';
import { zeroObject } from '../storage/fields/zeroObject';
import type { Revision } from '../storage/Revision';

/** A watcher whose socket holds back more than this is ended, as the API server ends slow watchers. */
const MAX_BUFFERED_BYTES = 64 * 1024 * 1024;
/** All text that waits is encoded in one piece, which has to stay small; what is beyond this waits as bytes. */
const MAX_WAITING_TEXT = 8 * 1024 * 1024;
const CHUNK_LENGTH = 64 * 1024;

export type WatchScope = {
  readonly kind: Kind;
  readonly namespace: string | undefined;
  readonly selects: ((revision: Revision) => boolean) | undefined;
  readonly bookmarks: boolean;
  /** What a bookmark says it is. */
  readonly shows: { readonly kind: string; readonly apiVersion: string };
  /** Writes a line in another form than JSON of the object, as for tables. */
  readonly render?: (type: ChangeType, revision: Revision) => string;
};

/** What faults change in a watch’s lines. */
export type WatchFilter = (
  line: string,
  event: HistoryEvent,
) => readonly string[];

/** One open watch: chooses the events it sends and writes them in batches. */
export class Watcher {
  /** Set by faults: a silent watch stays open and sends nothing. */
  silent: () => boolean = () => false;
  filter: WatchFilter | undefined;
  private lastVersion = 0;
  private pending: string[] = [];
  /** The state at the beginning may be larger than what a slow watcher may hold back later. */
  private stateBytes = 0;
  private flushing: NodeJS.Immediate | undefined;

  constructor(
    readonly scope: WatchScope,
    private readonly response: ServerResponse,
  ) {}

  get open(): boolean {
    return !this.response.destroyed && !this.response.writableEnded;
  }

  /** Sends a change when it is in scope and new. */
  offer(event: HistoryEvent): void {
    if (event.revision.version <= this.lastVersion || !this.inScope(event))
      return;
    this.lastVersion = event.revision.version;
    const type = this.typeFor(event);
    if (!type || this.silent()) return;
    const line =
      this.scope.render?.(type, event.shown(type)) ?? event.line(type);
    for (const part of this.filter?.(line, event) ?? [line]) this.write(part);
  }

  /** Sends the present state of one object, at the beginning of a watch. */
  initial(revision: Revision): void {
    const rendered = this.scope.render?.('ADDED', revision);
    const line = rendered ?? `{"type":"ADDED","object":${revision.json}}\n`;
    this.stateBytes += line.length;
    this.write(line);
  }

  bookmark(version: number, initialEventsEnd = false): void {
    if (this.silent() || !(this.scope.bookmarks || initialEventsEnd)) return;
    const { kind, apiVersion } = this.scope.shows;
    const annotations = initialEventsEnd
      ? {
          'k8s.io/initial-events-end': 'true',
          'kubernetes.io/initial-events-list-blueprint': blueprint(
            this.scope.shows,
          ),
        }
      : undefined;
    const { metadata: _metadata, ...empty } = zeroObject(this.scope.kind);
    const object = {
      kind,
      apiVersion,
      metadata: {
        resourceVersion: String(version),
        creationTimestamp: null,
        annotations,
      },
      // A typed object that says nothing, as Go writes it.
      ...(kind === this.scope.kind.kind && empty),
    };
    this.write(`${JSON.stringify({ type: 'BOOKMARK', object })}\n`);
  }

  /** Marks where the watch begins; only later changes are sent. */
  startAfter(version: number): void {
    this.lastVersion = version;
  }

  write(line: string): void {
    this.pending.push(line);
    this.flushing ??= setImmediate(() => this.flush());
  }

  /** Ends cleanly, after what is waiting. */
  end(): void {
    this.flush();
    this.response.end();
  }

  /** Ends like a lost connection. */
  reset(): void {
    this.pending = [];
    this.response.destroy();
  }

  flush(): void {
    clearImmediate(this.flushing);
    this.flushing = undefined;
    const lines = this.pending;
    this.pending = [];
    if (!this.open || lines.length === 0) return;
    let waiting = this.response.writableLength;
    this.response.cork();
    for (const chunk of chunksOf(lines)) {
      waiting += chunk.length;
      const long = waiting > MAX_WAITING_TEXT;
      this.response.write(long ? Buffer.from(chunk) : chunk);
    }
    this.response.uncork();
    const bound = MAX_BUFFERED_BYTES + this.stateBytes;
    if (this.response.writableLength > bound) this.reset();
  }

  private inScope({ kind, revision }: HistoryEvent): boolean {
    if (kind.resource !== this.scope.kind.resource) return false;
    return (
      this.scope.namespace === undefined ||
      revision.object.metadata.namespace === this.scope.namespace
    );
  }

  private typeFor(event: HistoryEvent): ChangeType | undefined {
    const { selects } = this.scope;
    if (!selects) return event.type;
    const before = event.previous !== undefined && selects(event.previous);
    const after = event.type !== 'DELETED' && selects(event.revision);
    if (after) return before ? 'MODIFIED' : 'ADDED';
    return before ? 'DELETED' : undefined;
  }
}

/**
 * Lines put together into pieces that are cheap to send. They stay text, since buffers are memory outside of the heap, of
 * which little is enough to make the collector go through a large cluster again and again.
 */
function* chunksOf(lines: readonly string[]): Generator<string> {
  let first = 0;
  let length = 0;
  for (let at = 0; at < lines.length; at += 1) {
    length += lines[at].length;
    if (length < CHUNK_LENGTH && at < lines.length - 1) continue;
    yield first === at ? lines[at] : lines.slice(first, at + 1).join('');
    first = at + 1;
    length = 0;
  }
}

/** The empty list that clients fill with the initial events. */
function blueprint({ kind, apiVersion }: WatchScope['shows']): string {
  const list = `${JSON.stringify({
    kind: `${kind}List`,
    apiVersion,
    metadata: {},
    items: null,
  })}\n`;
  return Buffer.from(list).toString('base64');
}
