// SPDX-License-Identifier: Apache-2.0
import { MarkdownContent } from '@backstage/core-components';

// An image would tell its server who reads.
const noImage = () => '';

const FENCE = /^\s*(```|~~~)/;
const HEADING = /^#{1,4} /;

/** Headings two levels down: the page has its first one, and the card its own. */
function lowerHeadings(markdown: string): string {
  let isCode = false;
  return markdown
    .split('\n')
    .map(line => {
      if (FENCE.test(line)) isCode = !isCode;
      return !isCode && HEADING.test(line) ? `##${line}` : line;
    })
    .join('\n');
}

/** Markdown of a definition. HTML in it is shown as text, and no image is fetched. */
export function MarkdownText({ text }: { readonly text: string }) {
  return (
    <MarkdownContent
      content={lowerHeadings(text)}
      dialect="common-mark"
      transformImageUri={noImage}
    />
  );
}
