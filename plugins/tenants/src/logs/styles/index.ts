// SPDX-License-Identifier: Apache-2.0
import ansi from './ansi.module.css';
import frame from './frame.module.css';
import lines from './lines.module.css';
import toolbar from './toolbar.module.css';
import volume from './volume.module.css';

/** Classes of the log view, by its parts; each name is in one file only. */
export const classes: Readonly<Record<string, string>> = {
  ...frame,
  ...toolbar,
  ...volume,
  ...lines,
  ...ansi,
};
