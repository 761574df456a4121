// SPDX-License-Identifier: Apache-2.0

const MINUTE_MS = 60_000;
/** A schedule without a run within this time has none. */
const HORIZON_MINUTES = 32 * 24 * 60;

/** The first run after `after`, UTC. `undefined` for a schedule that is not understood or never comes. */
export function nextRun(schedule: string, after: number): number | undefined {
  const fields = schedule.trim().split(/\s+/);
  if (fields.length !== 5) return undefined;
  let at = (Math.floor(after / MINUTE_MS) + 1) * MINUTE_MS;
  for (let step = 0; step < HORIZON_MINUTES; step += 1) {
    const date = new Date(at);
    const values = [
      date.getUTCMinutes(),
      date.getUTCHours(),
      date.getUTCDate(),
      date.getUTCMonth() + 1,
      date.getUTCDay(),
    ];
    if (values.every((value, index) => matches(fields[index], value)))
      return at;
    at += MINUTE_MS;
  }
  return undefined;
}

function matches(field: string, value: number): boolean {
  return field.split(',').some(part => {
    const [range, step = '1'] = part.split('/');
    const [low, high] = range === '*' ? [0, 59] : range.split('-').map(Number);
    const top = high ?? (part.includes('/') ? 59 : low);
    return value >= low && value <= top && (value - low) % Number(step) === 0;
  });
}
