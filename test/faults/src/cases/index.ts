// SPDX-License-Identifier: Apache-2.0
import type { FaultCase } from '../FaultCase';
import { callerCases } from '../security/callerFaults';
import { inputCases } from '../security/inputFaults';
import { clockCases } from './clocks';
import { connectionCases } from './connections';
import { oneOfManyCases } from './oneOfMany';
import { refusalCases } from './refusals';
import { stateLostCases } from './stateLost';
import { streamCases } from './streams';

const all: readonly FaultCase[] = [
  ...stateLostCases,
  ...refusalCases,
  ...connectionCases,
  ...streamCases,
  ...clockCases,
  ...inputCases,
  ...callerCases,
  ...oneOfManyCases,
];

/** A1 … A20, then S1 … S20. */
function placeOf({ id }: FaultCase): number {
  return id.charCodeAt(0) * 100 + Number(id.slice(1));
}

/** Every fault that is injected, in the order of the matrix. */
export const cases: readonly FaultCase[] = [...all].sort(
  (a, b) => placeOf(a) - placeOf(b),
);
