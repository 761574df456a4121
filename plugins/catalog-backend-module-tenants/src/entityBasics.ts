// SPDX-License-Identifier: Apache-2.0
import {
  ANNOTATION_LOCATION,
  ANNOTATION_ORIGIN_LOCATION,
} from '@backstage/catalog-model';

const CATALOG_TAG = /^[a-z0-9+#]+(-[a-z0-9+#]+)*$/;
const MAX_TAG_LENGTH = 63;

/** The texts the catalogue takes as tags. */
export function toTags(texts: readonly (string | undefined)[]): string[] {
  return texts.flatMap(text =>
    text !== undefined &&
    text.length <= MAX_TAG_LENGTH &&
    CATALOG_TAG.test(text)
      ? [text]
      : [],
  );
}

/** Annotations without which the catalogue refuses an entity. */
export function locationAnnotations(location: string) {
  return {
    [ANNOTATION_LOCATION]: location,
    [ANNOTATION_ORIGIN_LOCATION]: location,
  };
}

/** The values once each, sorted. */
export function distinct(values: readonly string[]): string[] {
  return [...new Set(values)].sort();
}
