// SPDX-License-Identifier: Apache-2.0
import { storageApiRef, useApi } from '@backstage/frontend-plugin-api';
import { useEffect, useMemo, useState } from 'react';

const KEY = 'letters';

/** Whether single letters are keys, remembered for the user; they are until somebody switches them off. */
export function useLettersOn(): [boolean, (isOn: boolean) => void] {
  const storage = useApi(storageApiRef);
  const bucket = useMemo(() => storage.forBucket('tenantry'), [storage]);
  const [isOn, setOn] = useState(
    () => bucket.snapshot<boolean>(KEY).value ?? true,
  );
  useEffect(() => {
    const following = bucket
      .observe$<boolean>(KEY)
      .subscribe(({ value }) => setOn(value ?? true));
    return () => following.unsubscribe();
  }, [bucket]);
  const change = (next: boolean) => {
    setOn(next);
    // Not remembering it costs a click next time.
    bucket.set(KEY, next).catch(() => {});
  };
  return [isOn, change];
}
