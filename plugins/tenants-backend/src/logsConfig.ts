// SPDX-License-Identifier: Apache-2.0
import type { Config } from '@backstage/config';
import { InputError } from '@backstage/errors';
import { LOG_LIMITS } from '@tenantry/backstage-plugin-tenants-common';

/** How logs are read. */
export type LogsConfig = {
  /** Of one answer, as it is sent. */
  readonly logBytesPerSecond: number;
};

const KEY = 'tenants.logs.bytesPerSecond';
const LEAST = 16 * 1024;
const MOST = 1024 ** 3;

/** Reads `tenants.logs`. @throws InputError that quotes the full key and says what is allowed */
export function readLogsConfig(root: Config): LogsConfig {
  const logBytesPerSecond =
    root.getOptionalNumber(KEY) ?? LOG_LIMITS.bytesPerSecond;
  const isAllowed =
    Number.isInteger(logBytesPerSecond) &&
    logBytesPerSecond >= LEAST &&
    logBytesPerSecond <= MOST;
  if (!isAllowed) {
    throw new InputError(
      `The configuration key ${KEY} must be a whole number from ${LEAST} to ${MOST}; it is ${logBytesPerSecond}.`,
    );
  }
  return Object.freeze({ logBytesPerSecond });
}
