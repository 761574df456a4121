// SPDX-License-Identifier: Apache-2.0
import { useEffect, type RefObject } from 'react';
import type { LogSession } from '../LogSession';
import { LogMatcher, type HitRange } from '../search/LogMatcher';
import type { SearchRun } from '../search/SearchRun';
import { drawBoxes } from './hitBoxes';
import { shownHits } from './shownHits';

const HITS = 'tenantry-log-hit';
const CURRENT = 'tenantry-log-current';

/** Whether the browser highlights ranges itself; else boxes are laid over them. */
function canHighlight(): boolean {
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

function setMarks(
  elements: readonly Element[],
  hits: readonly (readonly HitRange[])[],
  layer: HTMLElement | null,
) {
  const all: Range[] = [];
  const current: Range[] = [];
  elements.forEach((element, index) => {
    const isCurrent = element.closest('[data-current="true"]') !== null;
    const list = isCurrent ? current : all;
    for (const hit of hits[index] ?? []) list.push(rangeIn(element, hit));
  });
  if (!canHighlight()) {
    if (layer) drawBoxes(layer, { all, current });
    return;
  }
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
  /** Where boxes go, in the place of the rows; nobody else puts anything in it. */
  readonly layer: RefObject<HTMLElement>;
  readonly session: LogSession;
  readonly run: SearchRun | undefined;
  readonly what: string;
}): void {
  const { scroller, layer, session, run, what } = options;
  useEffect(() => {
    const boxes = layer.current;
    const clear = () => clearMarks(boxes);
    if (!run) return clear;
    let left = false;
    const elements = [
      ...(scroller.current?.querySelectorAll('[data-text]') ?? []),
    ];
    const rows = elements.map(element => ({
      shown: element.textContent ?? '',
      raw: element.getAttribute('data-raw') ?? undefined,
    }));
    shownHits(rows, texts => findMarks(run, session, texts)).then(
      hits => !left && setMarks(elements, hits, boxes),
      // Too slow a pattern: the search itself says so.
      clear,
    );
    return () => {
      left = true;
    };
  }, [scroller, layer, session, run, what]);
  useEffect(() => {
    const boxes = layer.current;
    return () => clearMarks(boxes);
  }, [layer]);
}

function clearMarks(layer: HTMLElement | null): void {
  layer?.replaceChildren();
  if (!canHighlight()) return;
  CSS.highlights.delete(HITS);
  CSS.highlights.delete(CURRENT);
}
