// SPDX-License-Identifier: Apache-2.0
/** Cases the simulator is known to answer otherwise than the real server, and why. A test fails when one no longer does. */
export const KNOWN_DIFFERENCES: Readonly<Record<string, string>> = {
  'fields the server owns are not taken from the caller':
    'the real server says that the caller owns a deletionTimestamp that it did not take',
};
