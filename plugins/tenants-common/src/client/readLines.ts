// SPDX-License-Identifier: Apache-2.0

/** Longest line that is accepted, in UTF-16 units: above it the sender is broken or hostile. */
export const MAX_LINE_LENGTH = 32 * 1024 * 1024;

/**
 * Turns bytes into lines, whatever the borders of the chunks: a character cut in two is joined again.
 * The last line counts even when no newline ends it.
 *
 * @throws Error when a line is longer than {@link MAX_LINE_LENGTH}.
 */
export async function* readLines(
  body: ReadableStream<Uint8Array>,
): AsyncGenerator<string> {
  const decoder = new TextDecoder();
  const reader = body.getReader();
  let rest = '';
  try {
    for (;;) {
      const { done, value } = await reader.read();
      const text = done
        ? decoder.decode()
        : decoder.decode(value, { stream: true });
      // Only what is new is searched, so that one huge line costs no more than its length.
      const lines = text.split('\n');
      lines[0] = rest + lines[0];
      rest = lines.pop() ?? '';
      if (rest.length > MAX_LINE_LENGTH) {
        throw new Error(
          'The portal sent a line that is too long; the stream was closed.',
        );
      }
      yield* lines.filter(line => line.trim() !== '');
      if (done) break;
    }
    if (rest.trim() !== '') yield rest;
  } finally {
    // Leaving the loop early must free the connection; a body that already failed has nothing left to cancel.
    await reader.cancel().catch(() => {});
  }
}
