// SPDX-License-Identifier: Apache-2.0
import { cloneJson, isRecord, type JsonRecord } from '../json';

/** Applies a JSON merge patch (RFC 7386). */
export function mergePatch(target: unknown, patch: unknown): unknown {
  if (!isRecord(patch)) return cloneJson(patch);
  const result: JsonRecord = isRecord(target) ? { ...target } : {};
  for (const [key, value] of Object.entries(patch)) {
    if (value === null) delete result[key];
    else if (key !== '__proto__') result[key] = mergePatch(result[key], value);
  }
  return result;
}
