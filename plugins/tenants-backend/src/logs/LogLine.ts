// SPDX-License-Identifier: Apache-2.0
import type { LevelLetter } from './detectLevel';
import type { Mask } from './masking/LineMasker';

/** One line of one container, as it is sent. */
export type LogLine = {
  /** With its time, masked and cut. */
  readonly text: string;
  /** As `lineTime` writes it; empty before the first line that has one. */
  readonly time: string;
  /** The same in microseconds since the epoch, to compare by; 0 before the first line that has one. */
  readonly at: number;
  /** How many lines of the container had the same time before it. */
  readonly index: number;
  readonly level: LevelLetter;
  readonly isJson: boolean;
  /** Size of the whole line when it was cut; 0 when it was not. */
  readonly cutBytes: number;
  readonly masks: readonly Mask[];
};
