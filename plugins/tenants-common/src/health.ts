// SPDX-License-Identifier: Apache-2.0
import { z } from 'zod';

/**
 * Every health code, worst first: the order in which a roll-up picks its word.
 *
 * @public
 */
export const HEALTH_CODES = [
  'Degraded',
  'Missing',
  'Progressing',
  'Unknown',
  'Healthy',
  'Suspended',
] as const;

/** One of {@link HEALTH_CODES}: the only words in which the state of anything is told. @public */
export type HealthCode = (typeof HEALTH_CODES)[number];

/**
 * The order of lists and filters: what can be acted on comes first, so it differs from the roll-up's.
 *
 * @public
 */
export const HEALTH_CODES_BY_URGENCY: readonly HealthCode[] = [
  'Degraded',
  'Missing',
  'Unknown',
  'Progressing',
  'Suspended',
  'Healthy',
];

/** The state of one object with its reason; the message is empty when it is healthy. @public */
export const healthSchema = z.object({
  code: z.enum(HEALTH_CODES),
  reason: z
    .string()
    .describe('One word in CamelCase, Kubernetes’ own where it has one.'),
  message: z
    .string()
    .describe('A sentence a person can act on. Empty when healthy.'),
  since: z.iso
    .datetime()
    .optional()
    .describe('When this state began; absent when the cluster does not say.'),
});

/**
 * The state of one object.
 *
 * @public
 */
export type Health = z.infer<typeof healthSchema>;

/** Numbers of parts by health code; codes that no part has are left out. @public */
export const healthCountsSchema = z.partialRecord(
  z.enum(HEALTH_CODES),
  z.number().int().nonnegative(),
);

/**
 * How many children stand at each code. A code nobody has is absent.
 *
 * @public
 */
export type HealthCounts = z.infer<typeof healthCountsSchema>;

/** A state made of the states of parts: {@link worstHealthCode} picks the code, `counts` says how many parts have each. @public */
export const rollUpSchema = healthSchema.extend({ counts: healthCountsSchema });

/**
 * The state of something made of parts: the worst part's state, and how many parts stand at each code.
 *
 * @public
 */
export type RollUp = z.infer<typeof rollUpSchema>;

/**
 * Picks the code a roll-up shows. Suspended wins only when everything is suspended; no children at all is Healthy.
 *
 * @public
 */
export function worstHealthCode(codes: Iterable<HealthCode>): HealthCode {
  let worst: HealthCode | undefined;
  for (const code of codes) {
    if (
      worst === undefined ||
      HEALTH_CODES.indexOf(code) < HEALTH_CODES.indexOf(worst)
    ) {
      worst = code;
    }
  }
  return worst ?? 'Healthy';
}

/**
 * Compares two codes for a list: most urgent first.
 *
 * @public
 */
export function compareHealthByUrgency(a: HealthCode, b: HealthCode): number {
  return (
    HEALTH_CODES_BY_URGENCY.indexOf(a) - HEALTH_CODES_BY_URGENCY.indexOf(b)
  );
}
