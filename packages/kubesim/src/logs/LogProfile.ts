// SPDX-License-Identifier: Apache-2.0

/** The manner in which a workload writes its log. */
export const LOG_PROFILES = [
  'http',
  'json',
  'plain',
  'java',
  'python',
] as const;

export type LogProfile = (typeof LOG_PROFILES)[number];
