// SPDX-License-Identifier: Apache-2.0
import { storageApiRef, useApi } from '@backstage/frontend-plugin-api';
import { useSyncExternalStore } from 'react';
import type { TimeFormat } from './TimeFormat';
import { timeFormatStoreOf } from './timeFormatStore';

/** How the user wants times written on all our pages, remembered for them and in no link; and how to choose. */
export function useTimeFormat(): [TimeFormat, (format: TimeFormat) => void] {
  const store = timeFormatStoreOf(useApi(storageApiRef));
  return [useSyncExternalStore(store.follow, store.read), store.choose];
}
