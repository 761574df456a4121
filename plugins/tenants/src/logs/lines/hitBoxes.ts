// SPDX-License-Identifier: Apache-2.0
import { classes } from '../styles';

/** Boxes drawn at the most: a hit in every character of a long line tells nobody more. */
export const MAX_BOXES = 1_000;

function boxOf(rect: DOMRect, origin: DOMRect, isCurrent: boolean) {
  const box = document.createElement('mark');
  box.className = classes.hitBox;
  box.dataset.current = String(isCurrent);
  box.style.left = `${rect.left - origin.left}px`;
  box.style.top = `${rect.top - origin.top}px`;
  box.style.width = `${rect.width}px`;
  box.style.height = `${rect.height}px`;
  return box;
}

/**
 * Marks stretches of text with boxes over them, for browsers that cannot highlight ranges. The text itself is
 * not touched: it is drawn by rows that know nothing of hits.
 */
export function drawBoxes(
  layer: HTMLElement,
  hits: { readonly all: readonly Range[]; readonly current: readonly Range[] },
): void {
  const origin = layer.getBoundingClientRect();
  const boxes: HTMLElement[] = [];
  for (const list of [hits.current, hits.all]) {
    for (const range of list) {
      for (const rect of range.getClientRects()) {
        if (boxes.length >= MAX_BOXES) break;
        boxes.push(boxOf(rect, origin, list === hits.current));
      }
    }
  }
  layer.replaceChildren(...boxes);
}
