// SPDX-License-Identifier: Apache-2.0
import type { SecretSpan } from './MaskRule';

type Find = (text: string) => readonly SecretSpan[];

const BASE64 = new Uint8Array(128);
for (const character of 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/_-') {
  BASE64[character.charCodeAt(0)] = 1;
}
const EQUALS = '='.charCodeAt(0);
/** Long enough to hold a secret worth the name. */
const MIN_RUN = 16;
const MAX_PADDING = 2;
const HEX = /^[0-9a-fA-F-]+$/;
const PRINTABLE_SHARE = 0.95;
const PERCENT_CODE = /%([0-9A-Fa-f]{2})/g;

/** Secrets that stand in a text as base64: the whole encoded run is one. */
export function findInBase64(text: string, find: Find): SecretSpan[] {
  const spans: SecretSpan[] = [];
  let start = 0;
  // By hand: every line that may hold a secret is looked through, and a pattern costs several times as much.
  for (let at = 0; at <= text.length; at += 1) {
    const code = at < text.length ? text.charCodeAt(at) : 0;
    if (code < 128 && BASE64[code] === 1) continue;
    if (at - start >= MIN_RUN) {
      const end = behindPadding(text, at);
      const found = findInRun(text.slice(start, end), find);
      if (found) spans.push({ start, end, rule: found.rule });
    }
    start = at + 1;
  }
  return spans;
}

function behindPadding(text: string, at: number): number {
  let end = at;
  while (end < at + MAX_PADDING && text.charCodeAt(end) === EQUALS) end += 1;
  return end;
}

function findInRun(run: string, find: Find): SecretSpan | undefined {
  const decoded = HEX.test(run) ? undefined : decodeBase64(run);
  return decoded === undefined ? undefined : find(decoded)[0];
}

/** `undefined` when what comes out is no text. */
function decodeBase64(run: string): string | undefined {
  const bytes = Buffer.from(run, 'base64');
  const needed = bytes.length * PRINTABLE_SHARE;
  let possible = bytes.length;
  for (let at = 0; at < bytes.length; at += 1) {
    if (isPrintable(bytes[at])) continue;
    possible -= 1;
    // Most runs are words or paths, of which the first bytes tell.
    if (possible < needed) return undefined;
  }
  return bytes.toString('utf8');
}

function isPrintable(byte: number): boolean {
  return (byte >= 0x20 && byte < 0x7f) || byte === 0x0a || byte === 0x09;
}

/** Secrets that stand in a text with percent codes: as much of it as the secret takes. */
export function findInPercentCodes(text: string, find: Find): SecretSpan[] {
  if (!text.includes('%')) return [];
  const { decoded, origins } = decodePercentCodes(text);
  if (decoded.length === text.length) return [];
  return find(decoded).map(({ start, end, rule }) => ({
    start: origins[start],
    end: origins[end],
    rule,
  }));
}

/** `origins[i]` is where the i-th unit of the decoded text began. */
function decodePercentCodes(text: string) {
  const origins: number[] = [];
  let decoded = '';
  let from = 0;
  const keep = (until: number) => {
    for (let at = from; at < until; at += 1) origins.push(at);
    decoded += text.slice(from, until);
  };
  for (const match of text.matchAll(PERCENT_CODE)) {
    keep(match.index);
    origins.push(match.index);
    decoded += String.fromCharCode(Number.parseInt(match[1], 16));
    from = match.index + match[0].length;
  }
  keep(text.length);
  origins.push(text.length);
  return { decoded, origins };
}
