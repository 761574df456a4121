// SPDX-License-Identifier: Apache-2.0

/** Who calls, once known. */
export type Caller = {
  readonly user: string;
  readonly uid?: string;
  readonly groups: readonly string[];
  readonly extra?: Readonly<Record<string, readonly string[]>>;
  /** What the token itself grants, whatever roles say. */
  readonly access?: 'admin' | 'read';
};

/** Every caller with a name is in this group. */
export const AUTHENTICATED = 'system:authenticated';
/** Callers without credentials are in this group. */
export const UNAUTHENTICATED = 'system:unauthenticated';
/** Members may do everything; no role says so. */
export const MASTERS = 'system:masters';
/** Whom a request without credentials comes from, where these are let in. */
export const ANONYMOUS: Caller = {
  user: 'system:anonymous',
  groups: [UNAUTHENTICATED],
};
