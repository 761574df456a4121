// SPDX-License-Identifier: Apache-2.0
import { MarkdownContent } from '@backstage/core-components';

// An image would tell its server who reads.
const noImage = () => '';

/** Markdown of a definition. HTML in it is shown as text, and no image is fetched. */
export function MarkdownText({ text }: { readonly text: string }) {
  return (
    <MarkdownContent
      content={text}
      dialect="common-mark"
      transformImageUri={noImage}
    />
  );
}
