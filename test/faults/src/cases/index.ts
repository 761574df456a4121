// SPDX-License-Identifier: Apache-2.0
import type { FaultCase } from '../FaultCase';
import { connectionCases } from './connections';
import { refusalCases } from './refusals';
import { stateLostCases } from './stateLost';

const all: readonly FaultCase[] = [
  ...stateLostCases,
  ...refusalCases,
  ...connectionCases,
];

function numberOf({ id }: FaultCase): number {
  return Number(id.slice(1));
}

/** Every fault that is injected, in the order of the matrix. */
export const cases: readonly FaultCase[] = [...all].sort(
  (a, b) => numberOf(a) - numberOf(b),
);
