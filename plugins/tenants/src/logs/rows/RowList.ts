// SPDX-License-Identifier: Apache-2.0
import { isLine, slotOf, type LogBuffer } from '../LogBuffer';
import { LINE_FLAG, type LogColumns } from '../work/LogColumns';
import { lowerBound } from './lowerBound';
import { RowEntries, type RowEntry } from './RowEntries';
import { afterContinuing, continues, type StackState } from './StackState';

/** Keys of lines that match, kept up to date by a search. */
export type Hits = {
  readonly keys: readonly number[];
  /** Rows from here up to `scannedTo` were looked at. */
  readonly scannedFrom: number;
  readonly scannedTo: number;
};

/** Which rows the view has. Another value makes another list. */
export type RowRules = {
  /** Levels that are shown, as bits of their place in `LEVELS`. */
  readonly levels: number;
  /** Numbers of the containers that are not shown. */
  readonly hidden: ReadonlySet<number>;
  /** Only these, and gaps for the others. */
  readonly hits?: Hits;
  /** Keys of rows for several lines that were opened. */
  readonly opened: ReadonlySet<number>;
  /** Keys that are shown whatever else is asked. */
  readonly context: ReadonlySet<number>;
  readonly fold: boolean;
};

/** How far a line is looked for in rows that stand for several. */
const SEARCH_REACH = 2_000;

/** Bits of all levels. */
export const ALL_LEVELS = 0b11111;

/**
 * The rows of the view: which lines, and which rows that stand for several. Kept up to date by looking only at lines that came since.
 * Lines of a stack go with their first line, whatever other containers wrote in between.
 */
export class RowList {
  readonly #buffer: LogBuffer;
  readonly #rules: RowRules;
  readonly #stacks = new Map<number, StackState>();
  readonly entries = new RowEntries();
  #scannedFrom: number;
  #scannedTo: number;
  #nextHit = 0;
  #gap: { place: number; opened: boolean } | undefined;

  constructor(buffer: LogBuffer, rules: RowRules) {
    this.#buffer = buffer;
    this.#rules = rules;
    this.#scannedFrom = rules.hits?.scannedFrom ?? buffer.firstKey;
    this.#scannedTo = this.#scannedFrom;
  }

  /** Takes in what came since. Returns `false` when lines came before the first: then another list is needed. */
  update(): boolean {
    const { firstKey, endKey } = this.#buffer;
    const { hits } = this.#rules;
    const from = hits?.scannedFrom ?? firstKey;
    if (from < this.#scannedFrom) return false;
    const end = Math.min(endKey, hits?.scannedTo ?? endKey);
    if (hits) this.#nextHit = lowerBound(hits.keys, this.#scannedTo);
    for (let key = Math.max(firstKey, this.#scannedTo); key < end; key++) {
      this.#take(key);
    }
    this.#scannedTo = Math.max(this.#scannedTo, end);
    this.entries.dropBefore(firstKey);
    return true;
  }

  /** The row that shows a key, or the one that it is put away in; `undefined` when it is not there. */
  find(key: number): { place: number; entry: RowEntry } | undefined {
    const { entries } = this;
    const at = entries.placeOf(key);
    for (const place of [at + 1, at]) {
      if (place >= entries.end) continue;
      const entry = entries.get(place);
      if (entry.key === key && entry.kind !== 'opened') return { place, entry };
    }
    return this.#findHidden(key, at - 1);
  }

  #findHidden(key: number, from: number) {
    const { entries } = this;
    const source = this.#sourceOf(key);
    const least = Math.max(entries.start, from - SEARCH_REACH);
    for (let place = from; place >= least; place--) {
      const entry = entries.get(place);
      if (entry.kind === 'gap') return { place, entry };
      if (entry.kind !== 'fold' && entry.kind !== 'repeat') continue;
      if (this.#sourceOf(entry.key) === source) return { place, entry };
    }
    return undefined;
  }

  #sourceOf(key: number): number {
    return this.#buffer.blockOf(key).sources[slotOf(key)];
  }

  #take(key: number): void {
    const block = this.#buffer.blockOf(key);
    const slot = slotOf(key);
    if (!isLine(block, slot)) {
      this.#gap = undefined;
      this.entries.push('row', key);
      return;
    }
    if (this.#rules.hits) this.#takeFiltered(key, this.#rules.hits, block);
    else this.#takeLine(key, block, slot);
  }

  #takeFiltered(key: number, hits: Hits, block: LogColumns): void {
    while (hits.keys[this.#nextHit] < key) this.#nextHit += 1;
    const slot = slotOf(key);
    const isHit = hits.keys[this.#nextHit] === key;
    if (!this.#isAllowed(key, block, slot)) return;
    if (isHit || this.#rules.context.has(key)) {
      this.#gap = undefined;
      this.entries.push('row', key);
      return;
    }
    this.#gap ??= this.#openGap(key);
    if (this.#gap.opened) this.entries.push('row', key);
    else if (this.entries.keyAt(this.#gap.place) !== key) {
      this.entries.addTo(this.#gap.place, 'gap');
    }
  }

  #openGap(key: number) {
    const opened = this.#rules.opened.has(key);
    const place = opened ? -1 : this.entries.push('gap', key);
    return { place, opened };
  }

  #isAllowed(key: number, block: LogColumns, slot: number): boolean {
    const { levels, hidden, context } = this.#rules;
    if (context.has(key)) return true;
    const bit = 1 << block.levels[slot];
    return (levels & bit) !== 0 && !hidden.has(block.sources[slot]);
  }

  #takeLine(key: number, block: LogColumns, slot: number): void {
    const source = block.sources[slot];
    const flags = block.flags[slot];
    const at = block.times[slot];
    const before = this.#stacks.get(source);
    if (before && continues(before, flags, at)) {
      const state = afterContinuing(before, flags, at);
      this.#stacks.set(source, this.#addToStack(key, state));
      return;
    }
    const shown = this.#isAllowed(key, block, slot);
    const inTraceback = (flags & LINE_FLAG.traceHead) !== 0;
    const level = block.levels[slot];
    this.#stacks.set(source, {
      level,
      at,
      shown,
      inTraceback,
      inStack: inTraceback,
    });
    if (shown && !this.#repeat(block, slot)) this.entries.push('row', key);
  }

  #addToStack(key: number, state: StackState): StackState {
    const { fold, opened, context } = this.#rules;
    if (!state.shown && !context.has(key)) return state;
    if (!fold) {
      this.entries.push('row', key);
      return state;
    }
    const foldKey = state.foldKey ?? key;
    const isOpen = opened.has(foldKey);
    if (state.place === undefined) {
      const place = this.entries.push(isOpen ? 'opened' : 'fold', foldKey);
      if (isOpen) this.entries.push('row', key);
      return { ...state, foldKey, place };
    }
    if (isOpen) this.entries.push('row', key);
    this.entries.addTo(state.place, isOpen ? 'opened' : 'fold');
    return state;
  }

  /** Counts a line that is as the one before it in the view. */
  #repeat(block: LogColumns, slot: number): boolean {
    const { entries } = this;
    const place = entries.end - 1;
    if (!this.#rules.fold || place < entries.start) return false;
    const kind = entries.kindAt(place);
    if (kind !== 'row' && kind !== 'repeat') return false;
    const first = entries.keyAt(place);
    const other = this.#buffer.blockOf(first);
    const at = slotOf(first);
    const same =
      isLine(other, at) &&
      other.hashes[at] === block.hashes[slot] &&
      other.lengths[at] === block.lengths[slot] &&
      other.sources[at] === block.sources[slot];
    if (!same || this.#rules.opened.has(first)) return false;
    entries.addTo(place, 'repeat');
    return true;
  }
}
