// SPDX-License-Identifier: Apache-2.0

/** A stretch of a line that is masked, in UTF-16 units. */
export type SecretSpan = {
  readonly start: number;
  readonly end: number;
  readonly rule: string;
};

/**
 * One kind of credential. Patterns are written so that a hostile line costs no more than its length: what one has looked at and refused
 * it does not look at again from the next character.
 */
type MaskRule = {
  readonly name: string;
  /** Texts without any of these hold none: looking for them costs a tenth of trying the pattern. In small letters for a pattern that ignores the case. */
  readonly signs: readonly string[];
  /** Whether what it finds may be long only with its dots, and stands behind no word or sign that tells. */
  readonly mayHaveDots?: true;
  readonly pattern: RegExp;
  /** Units at the beginning of a match that stay, given its first group. */
  readonly keep: (firstGroup: string | undefined) => number;
};

const keepNothing = () => 0;
const keepGroup = (group = '') => group.length;

/** Words after which, behind `=` or `:`, a value stands that nobody may see. */
const SECRET_WORDS =
  'passw(?:or)?d|passphrase|pwd|secret(?:[_-]?(?:access[_-]?)?key)?|credentials?|(?:auth|id|access|refresh|session|bearer)?[_-]?token|(?:api|access|private|auth|account|encryption|signing)[_-]?key';
/** One of these is in each of those words. */
const SECRET_SIGNS = ['pass', 'pwd', 'secret', 'credential', 'token', 'key'];
/** The same of the tokens of vendors. */
const VENDOR_SIGNS = [
  'gh',
  'glpat-',
  'xox',
  '_live_',
  'sk-',
  'npm_',
  'hvs.',
  'AIza',
  'ya29.',
  'sha256~',
  'dop_v1_',
  'SG.',
];
/** Quoted, quoted inside a JSON text, or bare. A quotation that does not end is taken to the end of the line. */
const VALUE = `(?:"(?:[^"\\\\]|\\\\.)*"?|'[^']*'?|\\\\+"[^"\\\\]*(?:\\\\*")?|[^\\s,;&"'\\\\]+)`;

/** Every built-in rule. `docs/logs.md` lists them by name. */
export const MASK_RULES: readonly MaskRule[] = [
  {
    name: 'authorization',
    signs: ['bearer', 'basic'],
    pattern: /\b((?:Bearer|Basic)\s+)[\w.~+/=-]{8,}/gi,
    keep: keepGroup,
  },
  {
    name: 'jwt',
    signs: ['eyJ'],
    mayHaveDots: true,
    pattern: /eyJ[\w-]*(?:\.[\w-]{8,}\.[\w-]*)?/g,
    keep: keepNothing,
  },
  {
    name: 'assignment',
    signs: SECRET_SIGNS,
    pattern: new RegExp(
      `((?:${SECRET_WORDS})\\\\*["']?\\s*[=:]\\s*)(?!\\[masked\\]|Bearer |Basic )${VALUE}`,
      'gi',
    ),
    keep: keepGroup,
  },
  {
    name: 'cookie',
    signs: ['cookie'],
    pattern: /\b((?:set-)?cookie["']?\s*[=:]\s*["']?)[^"'\r\n]+/gi,
    keep: keepGroup,
  },
  {
    name: 'basic-auth',
    signs: ['@'],
    pattern: /(\/\/[^\s:/@]{0,100}:)[^\s/@]{1,500}(?=@)/g,
    keep: keepGroup,
  },
  {
    name: 'aws-key',
    signs: ['AKIA', 'ASIA'],
    pattern: /(?<![A-Za-z0-9])(?:AKIA|ASIA)[A-Z0-9]{16}(?![A-Za-z0-9])/g,
    keep: keepNothing,
  },
  {
    name: 'vendor-token',
    signs: VENDOR_SIGNS,
    mayHaveDots: true,
    pattern:
      /(?<![A-Za-z0-9])(?:gh[oprsu]_|github_pat_|glpat-|xox[abeprs]-|[rs]k_live_|sk-|npm_|hvs\.|AIza|ya29\.|sha256~|dop_v1_|SG\.)[\w.-]{16,}/g,
    keep: keepNothing,
  },
];

/** Shortest JSON web token that is masked. */
const MIN_JWT_LENGTH = 20;

/** What the built-in rules find in a text, in no order. */
export function findByRules(text: string): SecretSpan[] {
  const spans: SecretSpan[] = [];
  const small = text.toLowerCase();
  for (const { name, signs, pattern, keep } of MASK_RULES) {
    const where = pattern.ignoreCase ? small : text;
    if (!signs.some(sign => where.includes(sign))) continue;
    for (const match of text.matchAll(pattern)) {
      // Without its dots it is any word that begins alike.
      const isJwt = match[0].includes('.') && match[0].length > MIN_JWT_LENGTH;
      if (name === 'jwt' && !isJwt) continue;
      spans.push({
        start: match.index + keep(match[1]),
        end: match.index + match[0].length,
        rule: name,
      });
    }
  }
  return spans;
}
