// SPDX-License-Identifier: Apache-2.0
import { MASK_RULES } from './MaskRule';

const codes = (text: string) => Array.from(text, c => c.charCodeAt(0));
const [SPACE, TAB, DASH, AT, PERCENT, EQUALS, COLON, DOT] = codes(' \t-@%=:.');

/** What tokens are made of. */
const WORD = new Uint8Array(128);
for (const code of codes('+/_-.')) WORD[code] = 1;
for (const [from, to] of ['az', 'AZ', '09'].map(codes)) {
  for (let code = from; code <= to; code += 1) WORD[code] = 1;
}
/** Last letters of the words that a secret stands behind: passworD, passphrasE, secreT, keY, tokeN, credentiaL, credentialS. */
const LAST_LETTERS = new Set(codes('dDeEtTyYnNlLsS'));
/** What may stand between such a word and its sign. */
const BETWEEN = new Set(codes(' \t"\'\\'));
/** Last letters of Bearer and Basic. */
const SCHEME_ENDS = new Set(codes('rRcC'));
const SCHEME = /(?:bearer|basic)$/i;

/** What tokens that may have dots in them begin with. */
const DOTTED_SIGNS = MASK_RULES.filter(
  ({ mayHaveDots }) => mayHaveDots,
).flatMap(({ signs }) => signs);
/** Shortest run of characters that may be a token. */
const MIN_RUN = 16;
const DASHES = 5;

/**
 * Whether it is worth while to look for secrets in a line. Most lines hold nothing that could be one, and are looked at once,
 * character by character, which costs a tenth of asking all rules.
 *
 * @param from - Where the text begins behind its time.
 */
export function mayHoldSecret(line: string, from: number): boolean {
  let run = 0;
  let sinceDot = 0;
  let hasDotted = false;
  let dashes = 0;
  for (let at = from; at < line.length; at += 1) {
    const code = line.charCodeAt(at);
    if (code < 128 && WORD[code] === 1) {
      run += 1;
      sinceDot = code === DOT ? 0 : sinceDot + 1;
      dashes = code === DASH ? dashes + 1 : 0;
      if (sinceDot >= MIN_RUN || dashes >= DASHES) return true;
      hasDotted ||= run >= MIN_RUN;
    } else {
      run = 0;
      sinceDot = 0;
      dashes = 0;
      if (isTelling(line, at, code)) return true;
    }
  }
  // Names of classes and hosts are long with their dots; so are some tokens, which begin with a sign.
  return hasDotted && DOTTED_SIGNS.some(sign => line.includes(sign));
}

function isTelling(line: string, at: number, code: number): boolean {
  switch (code) {
    case AT:
    case PERCENT:
      return true;
    case EQUALS:
    case COLON:
      return isBehindSecretWord(line, at);
    case SPACE:
    case TAB:
      return (
        SCHEME_ENDS.has(line.charCodeAt(at - 1)) &&
        SCHEME.test(line.slice(Math.max(0, at - 6), at))
      );
    default:
      return false;
  }
}

function isBehindSecretWord(line: string, at: number): boolean {
  let before = at - 1;
  while (before >= 0 && BETWEEN.has(line.charCodeAt(before))) before -= 1;
  return before >= 0 && LAST_LETTERS.has(line.charCodeAt(before));
}
