// SPDX-License-Identifier: Apache-2.0
import type { MeantDifference, Step } from './ContractCase';
import { isJsonObject, type Json } from './Json';

/** Something that two servers answer differently. */
export type Difference = {
  /** As in `2 POST …/pods: body.spec.replicas`. */
  readonly at: string;
  readonly real: Json | undefined;
  readonly sim: Json | undefined;
};

/** Compares two transcripts call by call, without what is meant to differ. */
export function compareSteps(
  real: readonly Step[],
  sim: readonly Step[],
  meant: readonly MeantDifference[] = [],
): Difference[] {
  const patterns = meant.map(({ at }) => patternOf(at));
  const count = Math.max(real.length, sim.length);
  return Array.from({ length: count }).flatMap((_, index) => {
    const [left, right] = [real[index], sim[index]];
    const step = `${index + 1} ${(left ?? right).call}`;
    return compareStep(left, right)
      .map(({ at, ...values }) => ({ at: `${step}: ${at}`, ...values }))
      .filter(({ at }) => !patterns.some(pattern => pattern.test(at)));
  });
}

function compareStep(real?: Step, sim?: Step): Difference[] {
  if (real?.status === sim?.status)
    return compareValues(asJson(real), asJson(sim));
  // Where one refuses and the other does not, the rest of the answers says nothing more.
  return [{ at: 'status', real: verdictOf(real), sim: verdictOf(sim) }];
}

function verdictOf(step: Step | undefined): Json | undefined {
  if (!step) return undefined;
  const { status, body } = step;
  const told = isJsonObject(body) ? body.message ?? body.kind : body;
  return told === undefined ? status : `${status} ${told}`;
}

function asJson(step: Step | undefined): Json | undefined {
  if (!step) return undefined;
  const { call, status, body } = step;
  return { call, status, body };
}

/** Where two values differ, path by path. */
export function compareValues(
  real: Json | undefined,
  sim: Json | undefined,
  at = '',
): Difference[] {
  if (Array.isArray(real) && Array.isArray(sim))
    return Array.from({ length: Math.max(real.length, sim.length) }).flatMap(
      (_, index) => compareValues(real[index], sim[index], `${at}[${index}]`),
    );
  if (isJsonObject(real) && isJsonObject(sim)) {
    const keys = [...new Set([...Object.keys(real), ...Object.keys(sim)])];
    return keys.flatMap(key =>
      compareValues(real[key], sim[key], at ? `${at}.${key}` : key),
    );
  }
  return real === sim ? [] : [{ at, real, sim }];
}

function patternOf(text: string): RegExp {
  const escaped = text
    .split('*')
    .map(part => part.replace(/[.+?^${}()|[\]\\]/g, '\\$&'));
  return new RegExp(`${escaped.join('.*')}$`);
}
