// SPDX-License-Identifier: Apache-2.0
import type { Place } from '../Place';
import type { ModuleSource } from '../schema/moduleSchema';
import type { CategorySource, TierSource } from '../schema/fileSchema';

/** A named member of a file, right in itself but not yet looked at together with the others. */
export type Draft<T> = {
  readonly name: string;
  readonly source: T;
  readonly place: Place;
};

/** The members of one kind, of all files. */
export type DraftMap<T> = {
  readonly drafts: ReadonlyMap<string, Draft<T>>;
  /** Names of all members, also of those with mistakes: referring to them is no mistake. */
  readonly names: ReadonlySet<string>;
};

/** What all files hold. */
export type Drafts = {
  /** Whether every file could be read; otherwise what seems to be missing may be there. */
  readonly isComplete: boolean;
  readonly categories: DraftMap<CategorySource>;
  readonly tiers: DraftMap<TierSource>;
  readonly modules: DraftMap<ModuleSource>;
};
