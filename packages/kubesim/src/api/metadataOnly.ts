// SPDX-License-Identifier: Apache-2.0
import type { Revision } from '../storage/Revision';
import type { Page } from './ListReader';

const API_VERSION = 'meta.k8s.io/v1';

/** What stands in for an object where only its metadata is wanted. */
export const METADATA_ONLY = {
  kind: 'PartialObjectMetadata',
  apiVersion: API_VERSION,
};

/** The metadata of one object. */
export function metadataJson({ object }: Revision): string {
  return JSON.stringify({ ...METADATA_ONLY, metadata: object.metadata });
}

/** The metadata of a page of objects. */
export function metadataListJson(page: Page): string {
  const metadata = {
    resourceVersion: page.version,
    ...(page.continueToken && { continue: page.continueToken }),
    ...(page.remaining !== undefined && { remainingItemCount: page.remaining }),
  };
  const head = `{"kind":"PartialObjectMetadataList","apiVersion":"${API_VERSION}"`;
  const items = page.revisions.map(metadataJson).join(',');
  return `${head},"metadata":${JSON.stringify(metadata)},"items":[${items}]}\n`;
}
