// SPDX-License-Identifier: Apache-2.0
import type { DefinitionProblem } from '@tenantry/backstage-plugin-tenants-common';

/** Why a source’s files cannot be taken, told as problems with them. @public */
export class SourceProblem extends Error {
  constructor(
    /** What was found, for people to mend; the messages together are the error’s. */
    readonly problems: readonly DefinitionProblem[],
  ) {
    super(problems.map(({ message }) => message).join(' '));
    this.name = 'SourceProblem';
  }
}
