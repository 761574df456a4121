// SPDX-License-Identifier: Apache-2.0
import { storageApiRef, useApi } from '@backstage/frontend-plugin-api';
import { useCallback, useEffect, useRef } from 'react';
import { useQuery, type QueryChange } from '../../navigation';

const BUCKET = 'tenantry';
const KEY = 'mine';

/**
 * The query of the list, with the choice of one's own tenants remembered for the user. What is remembered shows only in an
 * address without any filter: a shared link means the same to everybody.
 */
export function useSavedMine(): ReturnType<typeof useQuery> {
  const storage = useApi(storageApiRef);
  const [search, change] = useQuery();
  const isOpen = useRef(search.size === 0);
  useEffect(() => {
    if (!isOpen.current) return undefined;
    const bucket = storage.forBucket(BUCKET);
    const take = (isMine: boolean | undefined) => {
      if (!isOpen.current) return;
      isOpen.current = false;
      if (isMine) change({ mine: '1' }, { replace: true });
    };
    const known = bucket.snapshot<boolean>(KEY);
    if (known.presence !== 'unknown') {
      take(known.value);
      return undefined;
    }
    const following = bucket
      .observe$<boolean>(KEY)
      .subscribe(({ value }) => take(value));
    return () => following.unsubscribe();
    // eslint-disable-next-line react-hooks/exhaustive-deps -- only the address the list was opened with counts
  }, [storage]);
  const changeAndKeep = useCallback(
    (values: QueryChange, options?: { replace: boolean }) => {
      isOpen.current = false;
      if ('mine' in values) {
        // Forgetting it costs a click; the list goes on without.
        storage
          .forBucket(BUCKET)
          .set(KEY, values.mine === '1')
          .catch(() => {});
      }
      change(values, options);
    },
    [storage, change],
  );
  return [search, changeAndKeep];
}
