// SPDX-License-Identifier: Apache-2.0
import type { DefinitionProblem } from '@tenantry/backstage-plugin-tenants-common';
import type { ModuleCatalogue } from './ModuleCatalogue';

/** A file as a source hands it in. @public */
export type DefinitionFile = {
  /** Relative to the root of its source, with `/`; never with `..`. */
  readonly path: string;
  readonly text: string;
  /** Which source it comes from: files refer to files of their own source only. Absent: all are of one source. */
  readonly source?: string;
};

/** A mistake, with the source whose file it is in. @public */
export type LocatedProblem = DefinitionProblem & { readonly source?: string };

/** What became of a set of files: a catalogue when nothing is wrong with any of them. @public */
export type ParsedDefinitions = {
  readonly catalogue?: ModuleCatalogue;
  /** By file, then by line. At most {@link DEFINITION_LIMITS}`.problems`. */
  readonly problems: readonly LocatedProblem[];
};
