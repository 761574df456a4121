// SPDX-License-Identifier: Apache-2.0
import { findInBase64, findInPercentCodes } from './decodedForms';
import type { KnownSecrets } from './KnownSecrets';
import { findByRules, type SecretSpan } from './MaskRule';
import { mayHoldSecret } from './mayHoldSecret';

/** What stands where a secret stood. */
export const MASK = '[masked]';

/** Where a mask stands in the masked line. */
export type Mask = { readonly at: number; readonly rule: string };

/** A line without its secrets. */
export type MaskedLine = {
  readonly text: string;
  /** In the order of the line. */
  readonly masks: readonly Mask[];
};

const KEY_DASHES = '-----';
const KEY_BEGIN = /-----BEGIN [A-Z0-9 ]{0,40}PRIVATE KEY(?: BLOCK)?-----/;
const KEY_END = /-----END [A-Z0-9 ]{0,40}PRIVATE KEY(?: BLOCK)?-----/;
/** A line inside a key whose beginning was not read. */
const KEY_BODY = /^\s*[A-Za-z0-9+/]{64,76}={0,2}\s*$/;
const HEX_ONLY = /^\s*[0-9a-fA-F]+\s*$/;
/** A key that does not end is masked for this many lines. */
const MAX_KEY_LINES = 200;
const KEY_RULE = 'private-key';

const CLEAN: readonly Mask[] = [];

/**
 * Masks what looks like a credential, in the lines of one container one after the other: a private key goes over several of them.
 * Works on whole lines: a secret must not hide across two chunks.
 */
export class LineMasker {
  /** Lines that may still belong to a private key. */
  private keyLinesLeft = 0;

  constructor(private readonly known: KnownSecrets) {}

  /** @param from - Where the text begins behind its time. */
  mask(line: string, from: number): MaskedLine {
    if (this.keyLinesLeft > 0) return this.maskInKey(line, from);
    if (this.known.isEmpty && !mayHoldSecret(line, from)) {
      return { text: line, masks: CLEAN };
    }
    const spans = this.find(line.slice(from)).map(span => shift(span, from));
    const key = this.findKey(line, from);
    return replace(line, key ? [...spans, key] : spans);
  }

  private find(text: string): SecretSpan[] {
    const plain = (of: string) => [...findByRules(of), ...this.known.find(of)];
    return [
      ...plain(text),
      ...findInBase64(text, plain),
      ...findInPercentCodes(text, plain),
    ];
  }

  private findKey(line: string, from: number): SecretSpan | undefined {
    const begin = line.includes(KEY_DASHES) ? KEY_BEGIN.exec(line) : undefined;
    if (begin) {
      const end = KEY_END.exec(line);
      if (!end) this.keyLinesLeft = MAX_KEY_LINES;
      return {
        start: begin.index,
        end: end ? end.index + end[0].length : line.length,
        rule: KEY_RULE,
      };
    }
    const body = line.slice(from);
    if (!KEY_BODY.test(body) || HEX_ONLY.test(body)) return undefined;
    return { start: from, end: line.length, rule: KEY_RULE };
  }

  private maskInKey(line: string, from: number): MaskedLine {
    const end = KEY_END.exec(line);
    this.keyLinesLeft = end ? 0 : this.keyLinesLeft - 1;
    const until = end ? end.index + end[0].length : line.length;
    return replace(line, [
      { start: Math.min(from, until), end: until, rule: KEY_RULE },
    ]);
  }
}

function shift({ start, end, rule }: SecretSpan, by: number): SecretSpan {
  return { start: start + by, end: end + by, rule };
}

/** Puts a mask for each span; those that overlap or touch become one. */
function replace(line: string, spans: readonly SecretSpan[]): MaskedLine {
  if (spans.length === 0) return { text: line, masks: CLEAN };
  const ordered = [...spans].sort((a, b) => a.start - b.start || b.end - a.end);
  const masks: Mask[] = [];
  let text = '';
  let done = 0;
  for (const { start, end, rule } of ordered) {
    if (masks.length > 0 && start <= done) {
      done = Math.max(done, end);
      continue;
    }
    text += line.slice(done, start);
    masks.push({ at: text.length, rule });
    text += MASK;
    done = end;
  }
  return { text: text + line.slice(done), masks };
}
