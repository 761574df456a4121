// SPDX-License-Identifier: Apache-2.0
import type { IncomingMessage } from 'node:http';
import type { Kind } from '../kinds/Kind';
import type { Revision } from '../storage/Revision';
import type { Clock } from '../time/Clock';
import { columnsOf } from './columns';
import type { Page } from './ListReader';
import type { WatchScope } from './Watcher';

const API_VERSION = 'meta.k8s.io/v1';

/** Whether the caller would rather have a table, as `kubectl get` does. */
export function wantsTable(request: IncomingMessage): boolean {
  return (request.headers.accept ?? '').split(',')[0].includes('as=Table');
}

/** A page as a table. */
export function tableJson(kind: Kind, page: Page, now: number): string {
  return JSON.stringify({
    kind: 'Table',
    apiVersion: API_VERSION,
    metadata: {
      resourceVersion: page.version,
      ...(page.continueToken && { continue: page.continueToken }),
      ...(page.remaining !== undefined && {
        remainingItemCount: page.remaining,
      }),
    },
    columnDefinitions: definitions(kind),
    rows: page.revisions.map(revision => row(kind, revision, now)),
  });
}

/** Writes watch lines as tables of one row. */
export function tableLine(
  kind: Kind,
  clock: Clock,
): NonNullable<WatchScope['render']> {
  return (type, revision) => {
    const object = {
      kind: 'Table',
      apiVersion: API_VERSION,
      metadata: { resourceVersion: revision.object.metadata.resourceVersion },
      columnDefinitions: definitions(kind),
      rows: [row(kind, revision, clock.now())],
    };
    return Buffer.from(`${JSON.stringify({ type, object })}\n`);
  };
}

function definitions(kind: Kind) {
  return columnsOf(kind).map(column => ({
    name: column.name,
    type: column.type ?? 'string',
    format: column.format ?? (column.name === 'Name' ? 'name' : ''),
    description: column.description ?? '',
    priority: column.priority ?? 0,
  }));
}

function row(kind: Kind, { object }: Revision, now: number) {
  return {
    cells: columnsOf(kind).map(column => column.cell(object, now)),
    object: {
      kind: 'PartialObjectMetadata',
      apiVersion: API_VERSION,
      metadata: object.metadata,
    },
  };
}
