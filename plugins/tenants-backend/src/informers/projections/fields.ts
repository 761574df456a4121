// SPDX-License-Identifier: Apache-2.0
import type { Interner } from '../Interner';

/** Longest free text kept of an object. */
const maxTextLength = 2_048;
/** Longest list or map kept of an object. */
const maxEntries = 256;

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null;
}

/**
 * A member of a parsed JSON object; `undefined` for anything else. Hot: called some hundred times per object.
 * Names are constants of the Kubernetes API, none of which every object inherits.
 */
export function at(
  value: unknown,
  key: string,
  ...path: readonly string[]
): unknown {
  let here = isRecord(value) ? value[key] : undefined;
  for (let i = 0; i < path.length; i++) {
    here = isRecord(here) ? here[path[i]!] : undefined;
  }
  return here;
}

export function array(value: unknown): readonly unknown[] {
  if (!Array.isArray(value)) return [];
  return value.length > maxEntries ? value.slice(0, maxEntries) : value;
}

export function text(value: unknown): string | undefined {
  if (typeof value !== 'string' || value === '') return undefined;
  return value.length > maxTextLength
    ? `${value.slice(0, maxTextLength - 1)}…`
    : value;
}

export function textOr(value: unknown, fallback: string): string {
  return text(value) ?? fallback;
}

export function integer(value: unknown, fallback: number): number {
  return typeof value === 'number' && Number.isFinite(value) ? value : fallback;
}

export function integerOrNone(value: unknown): number | undefined {
  return typeof value === 'number' && Number.isFinite(value)
    ? value
    : undefined;
}

/** The entries of a map of strings that `keep` accepts. */
export function textMap(
  value: unknown,
  interner: Interner,
  keep: (key: string, text: string) => boolean = () => true,
): Readonly<Record<string, string>> {
  if (!isRecord(value)) return interner.map([]);
  const entries: string[] = [];
  for (const key of Object.keys(value)) {
    const entry = value[key];
    if (typeof entry !== 'string' || key === '__proto__') continue;
    if (keep(key, entry)) entries.push(key, entry);
    if (entries.length >= 2 * maxEntries) break;
  }
  return interner.map(entries);
}
