// SPDX-License-Identifier: Apache-2.0
import { Button } from '@backstage/ui';
import { useEffect, useState } from 'react';

/** How long it is said that something was copied. */
const COPIED_MS = 2_000;

/** Copies a text and says so for a moment. */
export function CopyButton(props: {
  readonly label: string;
  readonly done: string;
  readonly text: () => string;
}) {
  const { label, done, text } = props;
  const [isCopied, setCopied] = useState(false);
  useEffect(() => {
    if (!isCopied) return undefined;
    const timer = setTimeout(() => setCopied(false), COPIED_MS);
    return () => clearTimeout(timer);
  }, [isCopied]);
  return (
    <Button
      size="small"
      variant="tertiary"
      onPress={async () => {
        await navigator.clipboard.writeText(text());
        setCopied(true);
      }}
    >
      <span aria-live="polite">{isCopied ? done : label}</span>
    </Button>
  );
}
