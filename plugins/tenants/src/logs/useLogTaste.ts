// SPDX-License-Identifier: Apache-2.0
import { storageApiRef, useApi } from '@backstage/frontend-plugin-api';
import { useCallback, useState } from 'react';
import { z } from 'zod';

const tasteSchema = z.object({
  wrap: z.boolean().default(false),
  zone: z.enum(['utc', 'local']).default('utc'),
});

/** How a user likes to read logs. It is the user's own and never part of a shared link. */
export type LogTaste = z.output<typeof tasteSchema>;

/** Reads and keeps the user's taste. */
export function useLogTaste(): [LogTaste, (taste: LogTaste) => void] {
  const storage = useApi(storageApiRef).forBucket('tenantry');
  const [taste, setTaste] = useState(() => {
    const stored = tasteSchema.safeParse(storage.snapshot('logs').value ?? {});
    return stored.data ?? tasteSchema.parse({});
  });
  const change = useCallback(
    (next: LogTaste) => {
      setTaste(next);
      void storage.set('logs', next);
    },
    [storage],
  );
  return [taste, change];
}
