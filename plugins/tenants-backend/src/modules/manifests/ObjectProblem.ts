// SPDX-License-Identifier: Apache-2.0
import type {
  Refusal,
  RefusalRule,
} from '@tenantry/backstage-plugin-tenants-common';
import type { PlannedModule } from '../PlannedModule';

/** Why an object of a module cannot be had. */
export type ObjectProblem = {
  readonly rule: RefusalRule;
  readonly message: string;
  readonly remedy: string;
};

/** A problem of rule `manifest`. */
export function manifestProblem(
  message: string,
  remedy: string,
): ObjectProblem {
  return { rule: 'manifest', message, remedy };
}

/** What a module's objects are refused for, with the way from what was asked for. */
export function toRefusal(
  problem: ObjectProblem,
  where: {
    readonly environment: string;
    readonly module: PlannedModule;
    /** `Kind/name` as far as known. */
    readonly subject: string;
    /** File and line of the template. */
    readonly at?: { readonly file: string; readonly line: number };
  },
): Refusal {
  const { module, at } = where;
  const release = `${module.definition.name}@${module.release.version}`;
  const place = at ? ` (${at.file}:${at.line})` : '';
  return {
    rule: problem.rule,
    environment: where.environment,
    subject: `${module.definition.name}: ${where.subject}`,
    message: `${problem.message}${place}`,
    chain: [...module.requiredBy.slice(0, 1), release, where.subject],
    fixes: [{ label: problem.remedy }],
  };
}
