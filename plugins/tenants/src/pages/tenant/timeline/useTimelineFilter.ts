// SPDX-License-Identifier: Apache-2.0
import { useQuery } from '../../../navigation';
import { LANES, type TimelineEntry } from './timelineEntries';

/** What of the time line is shown, as the address says. */
export function useTimelineFilter() {
  const [search, change] = useQuery();
  const named = search.get('lane')?.split(',') ?? [];
  const chosen = LANES.filter(lane => named.includes(lane));
  const lanes = chosen.length > 0 ? chosen : LANES;
  const env = search.get('env');
  const q = (search.get('q') ?? '').toLowerCase();
  const matches = (entry: TimelineEntry) =>
    lanes.includes(entry.lane) &&
    (env === null || entry.environments.includes(env)) &&
    entry.text.toLowerCase().includes(q);
  return {
    lanes,
    matches,
    isFiltered: chosen.length > 0 || env !== null || q !== '',
    clear: () => change({ lane: undefined, env: undefined, q: undefined }),
  };
}
