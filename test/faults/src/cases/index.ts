// SPDX-License-Identifier: Apache-2.0
import type { FaultCase } from '../FaultCase';
import { wireFaultCases } from './wireFaults';

/** Every fault that is injected, in the order of the matrix. */
export const cases: readonly FaultCase[] = [...wireFaultCases];
