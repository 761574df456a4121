// SPDX-License-Identifier: Apache-2.0

/** Lines of one container. */
export type TextPart = { readonly from: string; readonly text: string };

/** Keeps the end of a text that comes in parts: so many characters, in whole lines. */
export class NewestText {
  private readonly kept: TextPart[] = [];
  private size = 0;
  private hasLost = false;

  constructor(private readonly limit: number) {}

  /** Whether the beginning is missing. */
  get truncated(): boolean {
    return this.hasLost;
  }

  get parts(): readonly TextPart[] {
    return this.kept;
  }

  add(part: TextPart): void {
    this.kept.push(part);
    this.size += part.text.length;
    while (this.size > this.limit) this.shorten();
  }

  private shorten(): void {
    const [{ from, text }] = this.kept;
    const excess = this.size - this.limit;
    const lineEnd = text.indexOf('\n', excess - 1);
    const rest = lineEnd < 0 ? '' : text.slice(lineEnd + 1);
    if (rest === '') this.kept.shift();
    else this.kept[0] = { from, text: rest };
    this.size -= text.length - rest.length;
    this.hasLost = true;
  }
}
