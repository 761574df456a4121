// SPDX-License-Identifier: Apache-2.0
import type { StorageApi } from '@backstage/frontend-plugin-api';
import { isTimeFormat, type TimeFormat } from './TimeFormat';

const BUCKET = 'tenantry';
const KEY = 'times';
const DEFAULT: TimeFormat = 'relative';

/** What a user chose, for every time on the page. */
export type TimeFormatStore = {
  read(): TimeFormat;
  choose(format: TimeFormat): void;
  /** Calls back with each change until the answer is called. */
  follow(onChange: () => void): () => void;
};

function createStore(storage: StorageApi): TimeFormatStore {
  const bucket = storage.forBucket(BUCKET);
  const listeners = new Set<() => void>();
  let following: { unsubscribe(): void } | undefined;
  const parse = (value: unknown) => (isTimeFormat(value) ? value : DEFAULT);
  let format = parse(bucket.snapshot<string>(KEY).value);
  const take = (next: TimeFormat) => {
    if (next === format) return;
    format = next;
    for (const listener of [...listeners]) listener();
  };
  return {
    read: () => format,
    choose: next => {
      take(next);
      // Not remembering it costs a click next time.
      bucket.set(KEY, next).catch(() => {});
    },
    follow: onChange => {
      listeners.add(onChange);
      following ??= bucket
        .observe$<string>(KEY)
        .subscribe(({ value }) => take(parse(value)));
      return () => {
        listeners.delete(onChange);
        if (listeners.size > 0) return;
        following?.unsubscribe();
        following = undefined;
      };
    },
  };
}

// A portal that keeps settings on its server asks it once for each observer: one for all the times of a page.
const stores = new WeakMap<StorageApi, TimeFormatStore>();

/** The one store of a portal's storage. */
export function timeFormatStoreOf(storage: StorageApi): TimeFormatStore {
  const known = stores.get(storage) ?? createStore(storage);
  stores.set(storage, known);
  return known;
}
