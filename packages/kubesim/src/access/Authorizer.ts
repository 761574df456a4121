// SPDX-License-Identifier: Apache-2.0
import { isPath, type Attributes } from './Attributes';
import { MASTERS, type Caller } from './Caller';
import { ruleAllows, type PolicyRule } from './PolicyRule';
import type { RoleRules } from './RoleRules';

/** Whether a caller may, and why. */
export type Decision = { readonly allowed: boolean; readonly reason: string };
/** What a caller may do in a namespace, as SelfSubjectRulesReview tells it. */
export type OwnRules = {
  readonly rules: readonly PolicyRule[];
  readonly problems: readonly string[];
};

const READING: ReadonlySet<string> = new Set(['get', 'list', 'watch']);
const EVERYTHING: readonly PolicyRule[] = rulesFor('*');
const READ_ONLY: readonly PolicyRule[] = rulesFor('get', 'list', 'watch');

/** Decides from what a token grants, from `system:masters`, and from roles and bindings. */
export class Authorizer {
  constructor(private readonly roles: RoleRules) {}

  decide(caller: Caller, asked: Attributes): Decision {
    if (mayEverything(caller)) return { allowed: true, reason: '' };
    if (caller.access === 'read' && READING.has(asked.verb))
      return { allowed: true, reason: '' };
    const namespace = isPath(asked) ? '' : asked.namespace;
    const { rules, problems } = this.roles.granted(caller, namespace);
    const found = rules.find(({ rule }) => ruleAllows(rule, asked));
    if (found)
      return { allowed: true, reason: `RBAC: allowed by ${found.via}` };
    return { allowed: false, reason: problemText(problems) };
  }

  rulesOf(caller: Caller, namespace?: string): OwnRules {
    const { rules, problems } = this.roles.granted(caller, namespace);
    const own = rules.map(({ rule }) => rule);
    return { rules: [...byToken(caller), ...own], problems };
  }
}

/** Whether no rule is asked about this caller. */
export function mayEverything(caller: Caller): boolean {
  return caller.access === 'admin' || caller.groups.includes(MASTERS);
}

function byToken(caller: Caller): readonly PolicyRule[] {
  if (caller.access === 'admin') return EVERYTHING;
  return caller.access === 'read' ? READ_ONLY : [];
}

function rulesFor(...verbs: string[]): PolicyRule[] {
  const none = { apiGroups: [], resources: [], resourceNames: [] };
  return [
    { ...none, verbs, apiGroups: ['*'], resources: ['*'], nonResourceURLs: [] },
    { ...none, verbs, nonResourceURLs: ['*'] },
  ];
}

function problemText(problems: readonly string[]): string {
  if (problems.length === 0) return '';
  return problems.length === 1
    ? `RBAC: ${problems[0]}`
    : `RBAC: [${problems.join(', ')}]`;
}
