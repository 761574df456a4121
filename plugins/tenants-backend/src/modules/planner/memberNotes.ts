// SPDX-License-Identifier: Apache-2.0
import type { PlanNote } from '@tenantry/backstage-plugin-tenants-common';
import type { TargetSpec } from '../plan';
import type { PlannerPorts } from './PlannerPorts';

/**
 * What to know of members before they get rights: where a cluster takes names as they are, a mistyped one is bound all the same,
 * and belongs to whoever gets that name one day.
 */
export async function memberNotes(
  { spec, state }: TargetSpec,
  { strangers }: Pick<PlannerPorts, 'strangers'>,
): Promise<readonly PlanNote[]> {
  if (state === 'retained') return [];
  const { name: environment, cluster, members } = spec;
  const refs = [...new Set(members.map(({ subject }) => subject))];
  const unknown = await strangers(refs);
  const note = (subject: string, message: string): PlanNote => ({
    environment,
    subject,
    kind: 'warning',
    message,
  });
  if (unknown === undefined) {
    return [
      note(
        environment,
        'The catalogue does not answer, so it is not known whether all members are in it.',
      ),
    ];
  }
  return unknown.map(subject =>
    note(
      subject,
      `The catalogue has no ${subject}. Look at how it is written: whoever has that name on ${cluster} gets the rights.`,
    ),
  );
}
