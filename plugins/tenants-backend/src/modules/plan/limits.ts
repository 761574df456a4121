// SPDX-License-Identifier: Apache-2.0

/** Named limits of planning: what is asked for must never cost more than this. */
export const PLAN_LIMITS = {
  /** Choices looked at when releases are resolved. */
  resolutionSteps: 20_000,
  /** The same for each remedy that is tried before it is offered. */
  remedySteps: 2_000,
  /** Remedies tried per refusal. */
  remediesTried: 12,
  /** Remedies offered per refusal. */
  remediesShown: 4,
  /** Modules of one environment with everything they need. */
  modules: 200,
  /** Characters of a module’s parameters as JSON. */
  parameterChars: 65_536,
  /** Mistakes told per module’s parameters. */
  parameterMistakes: 10,
  /** How deep parameters nest. */
  parameterDepth: 32,
  /** Characters of one side of a changed field. */
  fieldChars: 120,
  /** Fields told per object, as the wire says. */
  fieldsPerObject: 100,
} as const;
