// SPDX-License-Identifier: Apache-2.0
import type { FaultCase } from '../FaultCase';
import { logCases } from '../logs/logFaults';
import { callerCases } from '../security/callerFaults';
import { inputCases } from '../security/inputFaults';
import { clockCases } from './clocks';
import { connectionCases } from './connections';
import { hostileFileCases } from './hostileFiles';
import { operationCrashCases } from './operationCrashes';
import { operationOrderCases } from './operationOrder';
import { operationWriteCases } from './operationWrites';
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
  ...hostileFileCases,
  ...inputCases,
  ...callerCases,
  ...logCases,
  ...oneOfManyCases,
  ...operationCrashCases,
  ...operationOrderCases,
  ...operationWriteCases,
];

/** A1 … A20, then the others by their letter. */
function placeOf({ id }: FaultCase): number {
  return id.charCodeAt(0) * 100 + Number(id.slice(1));
}

/** Every fault that is injected, in the order of the matrix. */
export const cases: readonly FaultCase[] = [...all].sort(
  (a, b) => placeOf(a) - placeOf(b),
);
