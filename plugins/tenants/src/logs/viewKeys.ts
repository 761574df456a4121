// SPDX-License-Identifier: Apache-2.0
import type { ViewState } from './LogView';
import type { KeyMap } from './useLogKeys';
import { TIME_FORMATS } from '../times/TimeFormat';

function goToTop({ tail, scroller }: ViewState): void {
  tail.pause();
  if (scroller.current) scroller.current.scrollTop = 0;
}

function toggleChosen({ reader, acts, lines }: ViewState): void {
  const key = reader.selected ?? lines.current?.seen.to;
  if (key !== undefined) acts.rowActions.toggle(foldOf(key, lines.current));
}

/** The row behind a line that its stack is put away in, when it is: that is what the reader means. */
function foldOf(key: number, handle: ViewState['lines']['current']): number {
  const entries = handle?.list.entries;
  if (!entries) return key;
  const place = entries.placeOf(key) + 1;
  const isStack =
    place < entries.end && ['fold', 'opened'].includes(entries.kindAt(place));
  return isStack ? entries.keyAt(place) : key;
}

function nextFormat({ taste, onTaste }: ViewState): void {
  const at = TIME_FORMATS.indexOf(taste.zone);
  onTaste({ zone: TIME_FORMATS[(at + 1) % TIME_FORMATS.length] });
}

/** What each key does in the log view. */
export function viewKeys(view: ViewState): KeyMap {
  const { tail, acts, taste, onTaste, screen } = view;
  return {
    '/': () => view.shown.onSearch(true),
    ' ': tail.following ? tail.pause : tail.resume,
    End: tail.resume,
    Home: () => goToTop(view),
    n: () => acts.stepMatch(1),
    N: () => acts.stepMatch(-1),
    e: () => acts.stepError(1),
    E: () => acts.stepError(-1),
    j: () => acts.stepRow(1),
    k: () => acts.stepRow(-1),
    ArrowDown: () => acts.stepRow(1),
    ArrowUp: () => acts.stepRow(-1),
    x: () => toggleChosen(view),
    X: acts.openShown,
    w: () => onTaste({ wrap: !taste.wrap }),
    t: () => nextFormat(view),
    c: () => acts.act('copy'),
    y: () => acts.act('link'),
    '[': () => acts.widen('before'),
    ']': () => acts.widen('after'),
    f: screen.toggle,
    '?': () => view.setKeysShown(true),
  };
}
