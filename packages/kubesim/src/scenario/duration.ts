// SPDX-License-Identifier: Apache-2.0

const UNITS: Readonly<Record<string, number>> = {
  s: 1_000,
  m: 60_000,
  h: 3_600_000,
  d: 86_400_000,
};
const DURATION = /^(\d+(?:\.\d+)?)([smhd])$/;

/** Milliseconds of `40s`, `5m`, `1h`, `2d`; `undefined` when it is none of these. */
export function parseDuration(text: string): number | undefined {
  const match = DURATION.exec(text);
  return match ? Number(match[1]) * UNITS[match[2]] : undefined;
}
