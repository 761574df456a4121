// SPDX-License-Identifier: Apache-2.0
import AxeBuilder from '@axe-core/playwright';
import type { Page } from '@playwright/test';

const SERIOUS = ['serious', 'critical'];
const HTML_SHOWN = 300;
/** The rules whose answer depends on the colours. */
const COLOUR_RULES = ['color-contrast', 'link-in-text-block'];

/** Something that keeps somebody out, and where. */
export type Barrier = { readonly id: string; readonly at: readonly string[] };

/** Text that still fades in has the contrast of none of its states. What was just changed begins to fade two frames later. */
async function waitUntilAtRest(page: Page): Promise<void> {
  await page.evaluate(async () => {
    const frame = () => new Promise(resolve => requestAnimationFrame(resolve));
    await frame();
    await frame();
    const passing = document
      .getAnimations()
      .filter(a => a.effect?.getComputedTiming().endTime !== Infinity);
    await Promise.allSettled(passing.map(a => a.finished));
  });
}

/** What is looked at, and by which rules. */
export type BarrierOptions = {
  /** The page itself when left out: the portal's own sidebar is not ours to judge. */
  readonly inside?: 'main' | '[role="dialog"]';
  /** Only the rules whose answer depends on the colours: for a page that was looked at in others. */
  readonly coloursOnly?: boolean;
};

/** What a screen reader or a keyboard would stumble over. */
export async function findBarriers(
  page: Page,
  { inside = 'main', coloursOnly = false }: BarrierOptions = {},
): Promise<readonly Barrier[]> {
  // The portal draws the page anew for other colours: for a moment there is none, and the one before may still be there.
  const shown = page.locator(inside).first();
  await shown.waitFor();
  await waitUntilAtRest(page);
  await shown.waitFor();
  const axe = new AxeBuilder({ page }).include(inside);
  if (coloursOnly) axe.withRules(COLOUR_RULES);
  const { violations } = await axe.analyze();
  return violations
    .filter(({ impact }) => SERIOUS.includes(impact ?? ''))
    .map(({ id, nodes }) => ({
      id,
      at: nodes.map(node => node.html.slice(0, HTML_SHOWN)),
    }));
}

/** States of health that nothing but their colour or shape would tell. */
export function findMuteMarks(page: Page): Promise<readonly string[]> {
  return page.evaluate(htmlShown => {
    const says = (element: Element) =>
      (element.textContent ?? '').trim() !== '' ||
      [element, ...element.querySelectorAll('*')].some(
        part => (part.getAttribute('aria-label') ?? '') !== '',
      );
    const isHidden = (mark: Element) =>
      mark.closest('[aria-hidden="true"]') !== null;
    return [...document.querySelectorAll('main [data-health]')]
      .filter(mark => {
        // A mark for the eye alone stands beside its word.
        const told = isHidden(mark) ? mark.parentElement ?? mark : mark;
        return !says(told);
      })
      .map(mark => mark.outerHTML.slice(0, htmlShown));
  }, HTML_SHOWN);
}

/** Whether the page, or what holds it, scrolls sideways; with the elements that stick out. */
export function findSidewaysScroll(page: Page): Promise<readonly string[]> {
  return page.evaluate(htmlShown => {
    const main = document.querySelector('main');
    const holders: Element[] = [];
    for (let e: Element | null = main; e; e = e.parentElement) holders.push(e);
    const wide = holders.filter(
      e =>
        e.scrollWidth > e.clientWidth + 1 &&
        (e === document.documentElement ||
          /auto|scroll/.test(getComputedStyle(e).overflowX)),
    );
    if (wide.length === 0) return [];
    const scrollsItself = (e: Element): boolean => {
      const parent = e.parentElement;
      if (!parent || parent === main) return false;
      const { overflowX } = getComputedStyle(parent);
      return overflowX !== 'visible' || scrollsItself(parent);
    };
    return [wide[0], ...document.querySelectorAll('body *')]
      .filter(
        e =>
          e === wide[0] ||
          (e.getBoundingClientRect().right > window.innerWidth + 1 &&
            !scrollsItself(e)),
      )
      .slice(0, 6)
      .map(e => e.outerHTML.slice(0, htmlShown));
  }, HTML_SHOWN);
}
