// SPDX-License-Identifier: Apache-2.0
import type { Refusal } from '@tenantry/backstage-plugin-tenants-common';
import type { TargetSpecs } from './targetSpecs';

/** What there is to do about a request that cannot be read as one. */
const WAYS_OUT: Partial<Record<Refusal['rule'], string>> = {
  'invalid-name': 'Write another name.',
  'name-taken': 'Choose another name.',
  'not-ours':
    'Look at which environments there are, and adopt those that something else made.',
};

type RequestRefusal = {
  readonly rule: Refusal['rule'];
  readonly subject: string;
  readonly message: string;
  /** In place of what there usually is to do. */
  readonly fix?: string;
};

/** Refuses a request as a whole. */
export function refuseRequest({
  rule,
  subject,
  message,
  fix = WAYS_OUT[rule],
}: RequestRefusal): TargetSpecs {
  const fixes = fix === undefined ? [] : [{ label: fix }];
  return {
    targets: [],
    notes: [],
    refusals: [{ rule, subject, message, chain: [subject], fixes }],
  };
}
