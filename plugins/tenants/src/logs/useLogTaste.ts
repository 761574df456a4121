// SPDX-License-Identifier: Apache-2.0
import { storageApiRef, useApi } from '@backstage/frontend-plugin-api';
import { useCallback, useMemo, useState } from 'react';
import { z } from 'zod';
import { TIME_FORMATS } from '../times/TimeFormat';

const tasteSchema = z.object({
  wrap: z.boolean().default(false),
  zone: z.enum(TIME_FORMATS).default('utc'),
  fold: z.boolean().default(true),
  mode: z.enum(['highlight', 'filter']).default('highlight'),
  /** Whether single letters are keys. */
  keys: z.boolean().default(true),
});

/** How a user likes to read logs. It is the user's own and never part of a shared link. */
export type LogTaste = z.output<typeof tasteSchema>;

/** Reads and keeps the user's taste. */
export function useLogTaste(): [LogTaste, (change: Partial<LogTaste>) => void] {
  const api = useApi(storageApiRef);
  const storage = useMemo(() => api.forBucket('tenantry'), [api]);
  const [taste, setTaste] = useState(() => {
    const stored = tasteSchema.safeParse(storage.snapshot('logs').value ?? {});
    return stored.data ?? tasteSchema.parse({});
  });
  const change = useCallback(
    (part: Partial<LogTaste>) => {
      const next = { ...taste, ...part };
      setTaste(next);
      void storage.set('logs', next);
    },
    [storage, taste],
  );
  return [taste, change];
}
