// SPDX-License-Identifier: Apache-2.0
import { equalJson, isRecord } from '../storage/json';

/** One step of a printer column’s path: a member, an index, or the first item that has a value. */
export type PathStep =
  | { readonly member: string }
  | { readonly index: number }
  | { readonly member: string; readonly equals: unknown };

const STEP =
  /\.([A-Za-z0-9_-]+)|\['([^']+)'\]|\.((?:\\\.|[^.[\]])+)|\[(\d+)\]|\[\?\(@\.([A-Za-z0-9_-]+)\s*==\s*(?:"([^"]*)"|'([^']*)'|([^)\s]+))\)\]/g;

/** Reads the simple paths printer columns use: `.status.conditions[?(@.type=="Ready")].status`. */
export function pathSteps(path: string): PathStep[] {
  return [...path.matchAll(STEP)].map(match => {
    const [, plain, quoted, escaped, index, key, double, single, bare] = match;
    if (index !== undefined) return { index: Number(index) };
    if (key !== undefined)
      return { member: key, equals: double ?? single ?? literal(bare) };
    return {
      member: plain ?? quoted ?? (escaped ?? '').replaceAll('\\.', '.'),
    };
  });
}

function literal(text: string): unknown {
  if (text === 'true' || text === 'false') return text === 'true';
  return Number.isNaN(Number(text)) ? text : Number(text);
}

/** The value at a path; `undefined` when there is none. */
export function stepInto(value: unknown, steps: readonly PathStep[]): unknown {
  return steps.reduce<unknown>((current, step) => {
    if ('index' in step)
      return Array.isArray(current) ? current[step.index] : undefined;
    if ('equals' in step)
      return Array.isArray(current)
        ? current.find(
            item => isRecord(item) && equalJson(item[step.member], step.equals),
          )
        : undefined;
    return isRecord(current) && Object.hasOwn(current, step.member)
      ? current[step.member]
      : undefined;
  }, value);
}
