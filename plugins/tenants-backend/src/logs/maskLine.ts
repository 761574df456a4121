// SPDX-License-Identifier: Apache-2.0

/** What stands where a secret stood. */
const MASK = '[masked]';

const VALUE = `("[^"]*"|'[^']*'|[^\\s,;&"']+)`;
const patterns: readonly { pattern: RegExp; keep: string }[] = [
  // Authorization headers.
  { pattern: /\b(Bearer|Basic)(\s+)[\w.~+/=-]{8,}/gi, keep: '$1$2' },
  // JSON web tokens.
  { pattern: /\beyJ[\w-]{8,}\.[\w-]{8,}\.[\w-]*/g, keep: '' },
  // password=…, "apiKey": "…"
  {
    pattern: new RegExp(
      `((?:password|passwd|pwd|secret|token|api[_-]?key|access[_-]?key|private[_-]?key)["']?\\s*[=:]\\s*)(?!${MASK.replace(
        /[[\]]/g,
        '\\$&',
      )}|Bearer |Basic )${VALUE}`,
      'gi',
    ),
    keep: '$1',
  },
  // Credentials in addresses.
  { pattern: /(\/\/[^\s:/@]{0,100}:)[^\s/@]{1,200}(?=@)/g, keep: '$1' },
];

/** A line without its obvious secrets, and how many there were. */
type MaskedLine = { readonly text: string; readonly masked: number };

/** Masks what looks like a credential. Works on whole lines: a secret must not hide across two chunks. */
export function maskLine(line: string): MaskedLine {
  return patterns.reduce<MaskedLine>(maskOne, { text: line, masked: 0 });
}

function maskOne(
  { text, masked }: MaskedLine,
  { pattern, keep }: (typeof patterns)[number],
): MaskedLine {
  const found = text.match(pattern)?.length ?? 0;
  if (found === 0) return { text, masked };
  return {
    text: text.replace(pattern, keep + MASK),
    masked: masked + found,
  };
}
