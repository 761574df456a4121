// SPDX-License-Identifier: Apache-2.0
import type {
  FieldChange,
  Revision,
} from '@tenantry/backstage-plugin-tenants-common';

/** Fields that are written of one revision. */
function fieldsOf({ spec, releases }: Revision): ReadonlyMap<string, string> {
  const fields = new Map<string, string>();
  const put = (path: string, value: unknown) => {
    if (value !== undefined) {
      fields.set(
        path,
        typeof value === 'string' ? value : JSON.stringify(value),
      );
    }
  };
  put('tier', spec.tier);
  put('asleep', spec.asleep);
  put('sleepSchedule', spec.sleepSchedule);
  put('expiresAt', spec.expiresAt);
  for (const [name, { version }] of Object.entries(releases)) {
    put(`modules.${name}.release`, version);
  }
  for (const { name, parameters } of spec.modules) {
    if (!Object.hasOwn(releases, name)) put(`modules.${name}`, 'present');
    for (const [key, value] of Object.entries(parameters)) {
      put(`modules.${name}.parameters.${key}`, value);
    }
  }
  for (const { subject, role } of spec.members) put(`members.${subject}`, role);
  for (const [workload, { replicas }] of Object.entries(spec.overrides)) {
    put(`replicas.${workload}`, replicas);
  }
  return fields;
}

/** What differs between two revisions: releases, parameters, tier, members, replicas. By path. */
export function revisionDiff(before: Revision, after: Revision): FieldChange[] {
  const old = fieldsOf(before);
  const now = fieldsOf(after);
  return [...new Set([...old.keys(), ...now.keys()])]
    .filter(path => old.get(path) !== now.get(path))
    .sort()
    .map(path => ({ path, from: old.get(path), to: now.get(path) }));
}
