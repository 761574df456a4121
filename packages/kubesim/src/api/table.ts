// SPDX-License-Identifier: Apache-2.0
import type { Kind } from '../kinds/Kind';
import type { Revision } from '../storage/Revision';
import type { Clock } from '../time/Clock';
import { columnsOf } from './columns';
import type { Page } from './ListReader';
import { METADATA_ONLY } from './metadataOnly';
import type { WatchScope } from './Watcher';

const API_VERSION = 'meta.k8s.io/v1';

/** What a row carries of its object. */
export type RowObject = 'Metadata' | 'Object' | 'None';

/** A page as a table. */
export function tableJson(
  kind: Kind,
  page: Page,
  how: { now: number; rows: RowObject },
): string {
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
    rows: page.revisions.map(revision => row(kind, revision, how)),
  });
}

/** Writes watch lines as tables of one row. */
export function tableLine(
  kind: Kind,
  { clock, rows }: { clock: Clock; rows: RowObject },
): NonNullable<WatchScope['render']> {
  let first = true;
  return (type, revision) => {
    const object = {
      kind: 'Table',
      apiVersion: API_VERSION,
      metadata: { resourceVersion: revision.object.metadata.resourceVersion },
      // The columns are the same in every line, so only the first has them.
      columnDefinitions: first ? definitions(kind) : null,
      rows: [row(kind, revision, { now: clock.now(), rows })],
    };
    first = false;
    return `${JSON.stringify({ type, object })}\n`;
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

function row(
  kind: Kind,
  { object }: Revision,
  { now, rows }: { now: number; rows: RowObject },
) {
  const cells = columnsOf(kind).map(column => column.cell(object, now));
  if (rows === 'None') return { cells };
  const { metadata } = object;
  const part = { ...METADATA_ONLY, metadata };
  return { cells, object: rows === 'Object' ? object : part };
}
