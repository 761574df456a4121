// SPDX-License-Identifier: Apache-2.0
import type { Refusal } from '@tenantry/backstage-plugin-tenants-common';
import type { TargetSpec } from './targetSpecs';

/** Who had an admin keeps one: nobody locks everybody out. */
export function checkMembers({ spec, previous, state }: TargetSpec): Refusal[] {
  const before = previous?.spec.members.find(({ role }) => role === 'admin');
  const stays = spec.members.some(({ role }) => role === 'admin');
  if (state === 'retained' || !before || stays) return [];
  return [
    {
      rule: 'last-admin',
      environment: spec.name,
      subject: before.subject,
      message: `${before.subject} is the last admin of ${spec.name}. Make somebody else admin first.`,
      chain: [spec.name, before.subject],
      fixes: [
        { label: `Keep ${before.subject} as admin.` },
        { label: 'Give somebody else the role admin in the same change.' },
      ],
    },
  ];
}
