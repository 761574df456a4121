// SPDX-License-Identifier: Apache-2.0
import { useEffect, type RefObject } from 'react';
import type { LogSession } from '../LogSession';
import { LogMatcher, type HitRange } from '../search/LogMatcher';
import type { SearchRun } from '../search/SearchRun';

const HITS = 'tenantry-log-hit';
const CURRENT = 'tenantry-log-current';

/** Whether hits can be marked without drawing the rows anew. */
export function canMark(): boolean {
  return typeof CSS !== 'undefined' && 'highlights' in CSS;
}

function hasPattern(run: SearchRun): boolean {
  const { any, all } = run.search;
  return [...any, ...all].some(term => term.kind === 'pattern');
}

/** The stretch of an element's text from one character to another. */
function rangeIn(element: Element, [from, to]: HitRange): Range {
  const range = new Range();
  const walker = document.createTreeWalker(element, NodeFilter.SHOW_TEXT);
  let at = 0;
  let started = false;
  for (let node = walker.nextNode(); node; node = walker.nextNode()) {
    const length = node.textContent?.length ?? 0;
    if (!started && from < at + length) {
      range.setStart(node, from - at);
      started = true;
    }
    if (started && to <= at + length) {
      range.setEnd(node, to - at);
      return range;
    }
    at += length;
  }
  return range;
}

function setMarks(elements: readonly Element[], hits: readonly HitRange[][]) {
  const all: Range[] = [];
  const current: Range[] = [];
  elements.forEach((element, index) => {
    const isCurrent = element.closest('[data-current="true"]') !== null;
    const list = isCurrent ? current : all;
    for (const hit of hits[index] ?? []) list.push(rangeIn(element, hit));
  });
  CSS.highlights.set(HITS, new Highlight(...all));
  CSS.highlights.set(CURRENT, new Highlight(...current));
}

async function findMarks(
  run: SearchRun,
  session: LogSession,
  texts: readonly string[],
): Promise<HitRange[][]> {
  if (hasPattern(run)) {
    // A pattern may take for ever: not on this thread.
    return session.work.mark({ search: run.search, texts });
  }
  const matcher = new LogMatcher(run.search);
  return texts.map(text => matcher.ranges(text));
}

/** Marks the hits in the rows that are drawn. Rows are not drawn anew for it. `what` changes when other rows are drawn. */
export function useHitMarks(options: {
  readonly scroller: RefObject<HTMLElement>;
  readonly session: LogSession;
  readonly run: SearchRun | undefined;
  readonly what: string;
}): void {
  const { scroller, session, run, what } = options;
  useEffect(() => {
    if (!canMark()) return undefined;
    if (!run) return clearMarks;
    let left = false;
    const elements = [
      ...(scroller.current?.querySelectorAll('[data-text]') ?? []),
    ];
    const texts = elements.map(element => element.textContent ?? '');
    findMarks(run, session, texts).then(
      hits => !left && setMarks(elements, hits),
      // Too slow a pattern: the search itself says so.
      clearMarks,
    );
    return () => {
      left = true;
    };
  }, [scroller, session, run, what]);
  useEffect(() => clearMarks, []);
}

function clearMarks(): void {
  if (!canMark()) return;
  CSS.highlights.delete(HITS);
  CSS.highlights.delete(CURRENT);
}
