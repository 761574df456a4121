// SPDX-License-Identifier: Apache-2.0
import type { Page } from '@playwright/test';

/** Where the focus stopped, and whether one can see that it is there. */
export type Stop = { readonly name: string; readonly visible: boolean };

const NAME_SHOWN = 60;
/** The part of the page that may be drawn differently for a focus: the element and what stands around it. */
const AROUND = 3;

/** Puts the focus before the first stop of our part of the page, behind the portal's sidebar. */
async function startAtHeading(page: Page): Promise<void> {
  await page.evaluate(() => {
    const heading = document.querySelector<HTMLElement>('h1');
    heading?.setAttribute('tabindex', '-1');
    heading?.focus();
  });
}

async function readStop(page: Page): Promise<Stop | undefined> {
  return page.evaluate(
    async ([nameShown, around]) => {
      const focused = document.activeElement;
      if (!(focused instanceof HTMLElement) || focused === document.body) {
        return undefined;
      }
      const frame = () =>
        new Promise(resolve => requestAnimationFrame(resolve));
      const look = () => {
        const looks: string[] = [];
        let element: Element | null = focused;
        for (let i = 0; element && i < around; i++) {
          for (const part of [undefined, '::before', '::after']) {
            const s = getComputedStyle(element, part);
            looks.push(
              [
                s.outline,
                s.boxShadow,
                s.borderColor,
                s.backgroundColor,
                s.textDecoration,
                s.display,
              ].join(),
            );
          }
          element = element.parentElement;
        }
        return looks.join('|');
      };
      const label =
        focused instanceof HTMLInputElement
          ? focused.labels?.[0]?.textContent
          : undefined;
      const name = (
        focused.getAttribute('aria-label') ??
        label ??
        focused.textContent ??
        ''
      ).slice(0, nameShown);
      await frame();
      await frame();
      const seen = look();
      focused.blur();
      await frame();
      await frame();
      return {
        name: `${focused.tagName} ${focused.className} ${name}`,
        visible: look() !== seen,
      };
    },
    [NAME_SHOWN, AROUND] as const,
  );
}

/** Presses Tab from the heading on and says where it stopped; fewer stops where the page ends before. */
export async function walkByKeyboard(
  page: Page,
  count: number,
): Promise<readonly Stop[]> {
  await startAtHeading(page);
  const stops: Stop[] = [];
  while (stops.length < count) {
    await page.keyboard.press('Tab');
    const stop = await readStop(page);
    if (!stop) break;
    stops.push(stop);
  }
  return stops;
}
