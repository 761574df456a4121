// SPDX-License-Identifier: Apache-2.0

export type CacheInput = {
  readonly url: string;
  readonly token: string;
  readonly pods: number;
};

/** What each side’s cache of pods answers. */
export type CacheHandlers = {
  /** Fills the cache. Resolves when it holds all pods. */
  fill(input: CacheInput): Promise<void>;
  /** Resolves when so many changes have come over the watch since the start. */
  taken(input: { readonly events: number }): Promise<void>;
  /** How many of them were passed on as changes of what is kept. */
  told(): number;
  /** Every pod as `namespace/name version`, sorted. */
  podVersions(): string[];
};
