// SPDX-License-Identifier: Apache-2.0
import type { WatchEvent } from '@tenantry/backstage-plugin-tenants-node';
import { z } from 'zod';

const bookmarkSchema = z.object({
  metadata: z.object({
    resourceVersion: z.string().min(1),
    annotations: z.record(z.string(), z.string()).optional(),
  }),
});

const initialEventsEnd = 'k8s.io/initial-events-end';

/** Reads the object of a BOOKMARK event. @throws Error when it has no resource version. */
export function readBookmark(json: Buffer): WatchEvent<never> {
  const { metadata } = bookmarkSchema.parse(JSON.parse(json.toString('utf8')));
  return {
    type: 'BOOKMARK',
    resourceVersion: metadata.resourceVersion,
    initialEventsEnd: metadata.annotations?.[initialEventsEnd] === 'true',
  };
}
