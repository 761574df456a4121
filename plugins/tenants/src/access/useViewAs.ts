// SPDX-License-Identifier: Apache-2.0
import { useApi } from '@backstage/frontend-plugin-api';
import { useCallback, useSyncExternalStore } from 'react';
import { viewAsApiRef } from '../api';

/** As whom the user looks, and how to change that. */
export function useViewAs(): [
  string | undefined,
  (user: string | undefined) => void,
] {
  const choice = useApi(viewAsApiRef);
  const user = useSyncExternalStore(choice.subscribe, choice.get);
  const set = useCallback(
    (next: string | undefined) => choice.set(next),
    [choice],
  );
  return [user, set];
}
