// SPDX-License-Identifier: Apache-2.0
import { LazyLog } from '@melloware/react-logviewer';
import { createRef } from 'react';
import { createRoot } from 'react-dom/client';
import { lineText, pour, timeFrames, until } from './Bench';

const STILL_FRAMES = 30;

const element = document.createElement('div');
element.style.height = '700px';
document.body.append(element);
const root = createRoot(element);
const view = createRef<LazyLog>();

function lines(from: number, count: number): string[] {
  return Array.from({ length: count }, (_unused, i) => lineText(from + i));
}

function rowNodes(): number {
  return document.querySelectorAll('.log-line').length;
}

/** The view has no word for being through with a search: it is when what it shows no longer changes. */
async function untilStill(): Promise<void> {
  let last = '';
  let still = 0;
  await until(() => {
    const now = document.body.textContent ?? '';
    still = now === last ? still + 1 : 0;
    last = now;
    return still > STILL_FRAMES;
  });
}

window.bench = {
  async load(count) {
    const text = lines(0, count).join('\n');
    const start = performance.now();
    root.render(
      <LazyLog
        ref={view}
        text={text}
        height={700}
        enableSearch
        caseInsensitive
        follow
        selectableLines
      />,
    );
    await until(() => rowNodes() > 10);
    const first = performance.now() - start;
    await untilStill();
    return first;
  },
  append: (rate, seconds) =>
    timeFrames(() =>
      pour(rate, seconds, (from, count) =>
        view.current?.appendLines(lines(10_000_000 + from, count)),
      ),
    ),
  search: text =>
    timeFrames(async () => {
      const field = document.querySelector<HTMLInputElement>('input');
      if (!field) throw new Error('The view has no search field.');
      const set = Object.getOwnPropertyDescriptor(
        HTMLInputElement.prototype,
        'value',
      )?.set;
      set?.call(field, text);
      field.dispatchEvent(new Event('input', { bubbles: true }));
      field.dispatchEvent(
        new KeyboardEvent('keyup', { key: 'Enter', bubbles: true }),
      );
      await untilStill();
    }),
  rowNodes,
};
