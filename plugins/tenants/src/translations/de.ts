// SPDX-License-Identifier: Apache-2.0
import { accessTexts } from './de/accessTexts';
import { causeTexts } from './de/causeTexts';
import { logTexts } from './de/logTexts';
import { moduleTexts } from './de/moduleTexts';
import { operationTexts } from './de/operationTexts';
import { overviewTexts } from './de/overviewTexts';
import { pageTexts } from './de/pageTexts';
import { planTexts } from './de/planTexts';
import { templateTexts } from './de/templateTexts';
import { detailTexts } from './de/detailTexts';
import { foundTexts } from './de/foundTexts';
import { paletteTexts } from './de/paletteTexts';
import { platformTexts } from './de/platformTexts';
import { timelineTexts } from './de/timelineTexts';
import { flattenTexts } from './flattenTexts';

/** The pages in German. What Kubernetes and Backstage call by an English word keeps it. */
export const germanTexts = flattenTexts({
  ...pageTexts,
  ...accessTexts,
  ...causeTexts,
  ...logTexts,
  ...moduleTexts,
  ...operationTexts,
  ...overviewTexts,
  ...planTexts,
  ...detailTexts,
  ...foundTexts,
  ...paletteTexts,
  ...platformTexts,
  ...timelineTexts,
  template: templateTexts,
});
