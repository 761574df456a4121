// SPDX-License-Identifier: Apache-2.0

/** What the objects of one module ask for, by resource of a quota and in base units. */
export type ModuleAmounts = {
  /** Absent: what every environment has. */
  readonly module?: string;
  readonly amounts: Readonly<Record<string, number>>;
  /** Stated by a footprint, at least in part. */
  readonly estimated: boolean;
};
