// SPDX-License-Identifier: Apache-2.0
import type { Page } from '@playwright/test';

const HTML_SHOWN = 300;
/** What a reader may set, and nothing may be lost by it: WCAG 2.2, 1.4.12. */
const SPACING = `
  main * {
    line-height: 1.5 !important;
    letter-spacing: 0.12em !important;
    word-spacing: 0.16em !important;
  }
  main p { margin-bottom: 2em !important; }
`;

/** Looks at a page as somebody sees it who has set wider text. */
export async function withTextSpacing(
  page: Page,
  look: () => Promise<void>,
): Promise<void> {
  const style = await page.addStyleTag({ content: SPACING });
  try {
    await look();
  } finally {
    await style.evaluate(element => (element as Element).remove());
  }
}

/**
 * Text whose lower part is hidden because what holds it is too low. Text that ends in an ellipsis is not meant: that is said by the
 * ellipsis, and stands in full elsewhere.
 */
export function findCutText(page: Page): Promise<readonly string[]> {
  return page.evaluate(htmlShown => {
    /** The lowest edge that hides what is below it. */
    const holderOf = (text: Node): Element | undefined => {
      const main = document.querySelector('main');
      for (let e = text.parentElement; e && e !== main; e = e.parentElement) {
        const { overflowY, webkitLineClamp } = getComputedStyle(e);
        if (webkitLineClamp !== 'none') return undefined;
        if (overflowY === 'auto' || overflowY === 'scroll') return undefined;
        if (overflowY === 'hidden' || overflowY === 'clip') return e;
      }
      return undefined;
    };
    const isCut = (text: Node): boolean => {
      // What is folded away is one press away.
      if (!text.parentElement?.checkVisibility()) return false;
      const holder = holderOf(text);
      // What is for screen readers only is one pixel.
      if (!holder || holder.clientHeight <= 1) return false;
      const range = document.createRange();
      range.selectNodeContents(text);
      const { bottom, height } = range.getBoundingClientRect();
      return bottom > holder.getBoundingClientRect().bottom + height / 4;
    };
    const cut: string[] = [];
    const texts = document.createTreeWalker(
      document.querySelector('main') ?? document.body,
      NodeFilter.SHOW_TEXT,
    );
    for (let text = texts.nextNode(); text; text = texts.nextNode()) {
      if (text.textContent?.trim() && isCut(text)) {
        cut.push(text.parentElement?.outerHTML.slice(0, htmlShown) ?? '');
      }
    }
    return cut.slice(0, 6);
  }, HTML_SHOWN);
}
