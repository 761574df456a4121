// SPDX-License-Identifier: Apache-2.0
import access from './access.module.css';
import filters from './filters.module.css';
import frame from './frame.module.css';
import health from './health.module.css';
import meter from './meter.module.css';
import state from './state.module.css';
import surface from './surface.module.css';
import table from './table.module.css';
import tokens from './tokens.module.css';
import type from './type.module.css';

/** Classes that pages share, by what they are for; each name is in one file only. Those of one page stand beside it. */
export const classes: Readonly<Record<string, string>> = {
  // It has no classes; a file that nothing is taken from would be left out of the bundle, and all colours with it.
  ...tokens,
  ...frame,
  ...type,
  ...surface,
  ...state,
  ...health,
  ...meter,
  ...filters,
  ...table,
  ...access,
};
