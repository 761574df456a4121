// SPDX-License-Identifier: Apache-2.0
import { readDurationFromConfig, type Config } from '@backstage/config';
import { InputError } from '@backstage/errors';
import { durationToMilliseconds } from '@backstage/types';
import type { LifetimeSettings } from './operations/lifetime';

const DAY_MS = 24 * 60 * 60_000;

/** What holds where nothing is configured. */
export const DEFAULT_LIFETIME: LifetimeSettings = {
  warnBeforeMs: 7 * DAY_MS,
  graceMs: 7 * DAY_MS,
};

/** Reads `tenants.lifetime`. @throws InputError that quotes the full key */
export function readLifetimeConfig(root: Config): LifetimeSettings {
  return Object.freeze({
    warnBeforeMs: readMs(
      root,
      'tenants.lifetime.warnBefore',
      DEFAULT_LIFETIME.warnBeforeMs,
    ),
    graceMs: readMs(root, 'tenants.lifetime.grace', DEFAULT_LIFETIME.graceMs),
  });
}

function readMs(root: Config, key: string, fallback: number): number {
  if (!root.has(key)) return fallback;
  const ms = durationToMilliseconds(readDurationFromConfig(root, { key }));
  if (ms >= 0) return ms;
  throw new InputError(
    `The configuration key ${key} must be a duration of at least 0, such as { days: 7 }.`,
  );
}
