// SPDX-License-Identifier: Apache-2.0
import type { LogRange } from './ContainerLog';
import type { LogLine } from './LogLine';
import type { LogPlace } from './LogPlace';
import type { LogContainer } from './selectLogContainers';

/** One container whose log is read. */
export type OpenSource = {
  readonly id: number;
  readonly container: LogContainer;
};

/** What of a container’s log is read. */
export type ReadOrder = {
  readonly range: LogRange;
  readonly behind?: LogPlace;
  /** A new run writes a new log: that the place is not in it says nothing. */
  readonly isNewRun?: boolean;
  /** Told when the place is found, or what came behind it. */
  readonly onResumed?: () => void;
};

/** Lines of one container, in its order, as they are read. */
export type LogBatches = AsyncGenerator<readonly LogLine[], void, void>;
