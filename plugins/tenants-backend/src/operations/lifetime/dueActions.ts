// SPDX-License-Identifier: Apache-2.0
import { CronExpressionParser } from 'cron-parser';
import type { SleepSchedule } from '@tenantry/backstage-plugin-tenants-common';
import type { EnvironmentRecord } from '../../records/EnvironmentRecord';

/** How environments with an end are treated. */
export type LifetimeSettings = {
  /** So long before an environment ends its owner is told, and once more a day before. */
  readonly warnBeforeMs: number;
  /** So long after its end it stays asleep before it is deleted, which keeps its volumes. */
  readonly graceMs: number;
};

/** What is due for one environment now. */
export type DueAction = {
  readonly type: 'warn' | 'sleep' | 'wake' | 'delete';
  /** Which occasion: the same one has the same slot, however often it is looked at. */
  readonly slot: string;
};

const DAY_MS = 24 * 60 * 60_000;
/** A slot that is longer ago has been missed: what somebody did since then stays. */
const LATEST_MS = 2 * 60 * 60_000;

/** The newest time at or before `now` that a cron expression names; `undefined` when it names none. */
function lastSlot(expression: string, tz: string, now: Date): Date | undefined {
  try {
    // The parser looks for what is before the given moment; one that is just now counts too.
    const currentDate = new Date(now.getTime() + 1_000);
    return CronExpressionParser.parse(expression, { currentDate, tz })
      .prev()
      .toDate();
  } catch {
    // Checked when it is set; one that was written by hand into the record wakes and sleeps nothing.
    return undefined;
  }
}

function scheduled(
  { timeZone, sleep, wake }: SleepSchedule,
  asleep: boolean,
  now: Date,
): readonly DueAction[] {
  const slept = lastSlot(sleep, timeZone, now);
  const woke = lastSlot(wake, timeZone, now);
  if (!slept || !woke || slept.getTime() === woke.getTime()) return [];
  const wantsSleep = slept > woke;
  const at = wantsSleep ? slept : woke;
  const isMissed = now.getTime() - at.getTime() > LATEST_MS;
  if (wantsSleep === asleep || isMissed) return [];
  return [{ type: wantsSleep ? 'sleep' : 'wake', slot: at.toISOString() }];
}

function ending(
  expiresAt: string,
  { spec, state }: EnvironmentRecord,
  at: { readonly now: Date; readonly settings: LifetimeSettings },
): readonly DueAction[] {
  const { warnBeforeMs, graceMs } = at.settings;
  const end = Date.parse(expiresAt);
  const left = end - at.now.getTime();
  if (left > 0) {
    const early = left <= warnBeforeMs;
    const day = left <= DAY_MS ? '/1d' : '';
    return early ? [{ type: 'warn', slot: `${expiresAt}${day}` }] : [];
  }
  if (state !== 'active') return [];
  if (-left >= graceMs) return [{ type: 'delete', slot: expiresAt }];
  return spec.asleep ? [] : [{ type: 'sleep', slot: expiresAt }];
}

/**
 * What is due for an environment: by its end (told, then asleep, then deleted with its volumes kept; never purged), else by its
 * sleep schedule. Nothing else is done to one that has ended.
 */
export function dueActions(
  record: EnvironmentRecord,
  settings: LifetimeSettings,
  now: Date,
): readonly DueAction[] {
  const { spec, state } = record;
  const { expiresAt, sleepSchedule } = spec;
  const ends = expiresAt ? ending(expiresAt, record, { now, settings }) : [];
  const isOver =
    expiresAt !== undefined && Date.parse(expiresAt) <= now.getTime();
  if (isOver || state !== 'active' || !sleepSchedule) return ends;
  return [...ends, ...scheduled(sleepSchedule, spec.asleep, now)];
}
