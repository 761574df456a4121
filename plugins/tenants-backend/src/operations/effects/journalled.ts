// SPDX-License-Identifier: Apache-2.0
import type { EnvironmentRecord } from '../../records/EnvironmentRecord';
import type { InputOf } from './stepInputs';

/** A record as a step’s journal holds it: without the version it was read at, which is read anew. */
export function journalled({
  stored,
  ...record
}: EnvironmentRecord): InputOf<'claim'>['record'] {
  const { places, namespaces, ...rest } = record;
  return {
    ...rest,
    namespaces: [...namespaces],
    releases: { ...record.releases },
    ...(places && {
      places: Object.fromEntries(
        Object.entries(places).map(([kind, where]) => [kind, [...where]]),
      ),
    }),
  };
}
