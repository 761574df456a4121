// SPDX-License-Identifier: Apache-2.0
import type { SecretSpan } from './MaskRule';

type Find = (text: string) => readonly SecretSpan[];

/** Long enough to hold a secret worth the name. */
const BASE64_RUN = /(?<![A-Za-z0-9+/_-])[A-Za-z0-9+/_-]{16,}={0,2}/g;
const HEX = /^[0-9a-fA-F-]+$/;
const PRINTABLE_SHARE = 0.95;
const PERCENT_CODE = /%([0-9A-Fa-f]{2})/g;

/** Secrets that stand in a text as base64: the whole encoded run is one. */
export function findInBase64(text: string, find: Find): SecretSpan[] {
  const spans: SecretSpan[] = [];
  for (const { 0: run, index } of text.matchAll(BASE64_RUN)) {
    const decoded = HEX.test(run) ? undefined : decodeBase64(run);
    const found = decoded === undefined ? [] : find(decoded);
    if (found.length === 0) continue;
    spans.push({ start: index, end: index + run.length, rule: found[0].rule });
  }
  return spans;
}

/** `undefined` when what comes out is no text. */
function decodeBase64(run: string): string | undefined {
  const bytes = Buffer.from(run, 'base64');
  const printable = bytes.reduce(
    (count, byte) => count + (isPrintable(byte) ? 1 : 0),
    0,
  );
  if (printable < bytes.length * PRINTABLE_SHARE) return undefined;
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
