// SPDX-License-Identifier: Apache-2.0
import type { Admission, Change, WriteCall } from '../admission/Admission';
import type { Kind } from '../kinds/Kind';
import { forbidden, notFound } from '../storage/ApiError';
import { equalJson, isRecord } from '../storage/json';
import type { KubeObject } from '../storage/Objects';
import type { ResourceAttributes } from './Attributes';
import { mayEverything, type Authorizer } from './Authorizer';
import type { Caller } from './Caller';
import { notCovered, rulesOf, ruleText, type PolicyRule } from './PolicyRule';
import { RBAC_GROUP, roleOf, type RoleRules } from './RoleRules';

type Ports = { readonly roles: RoleRules; readonly authorizer: Authorizer };
type Write = {
  readonly kind: Kind;
  readonly draft: KubeObject;
  readonly caller: Caller;
};

const FULL_AUTHORITY: readonly PolicyRule[] = rulesOf({
  rules: [
    { verbs: ['*'], apiGroups: ['*'], resources: ['*'] },
    { verbs: ['*'], nonResourceURLs: ['*'] },
  ],
});

/** Lets nobody give, by a role or a binding, what they do not have, unless they may `escalate` or `bind`. */
export class EscalationGuard implements Admission {
  constructor(private readonly ports: Ports) {}

  admit(kind: Kind, { draft, current }: Change, call?: WriteCall): void {
    if (kind.group !== RBAC_GROUP || !call || mayEverything(call.caller))
      return;
    if (current && changesOwnersOnly(draft, current)) return;
    const write = { kind, draft, caller: call.caller };
    if (kind.kind.endsWith('Binding')) this.checkBinding(write);
    else this.checkRole(write);
  }

  private checkRole(write: Write): void {
    const { kind, draft } = write;
    const { name, namespace } = draft.metadata;
    if (this.may(write, 'escalate', { resource: kind.plural, namespace, name }))
      return;
    this.requireHeld(write, rulesOf(draft));
    if (!isRecord(draft.aggregationRule)) return;
    if (this.missing(write, FULL_AUTHORITY).length === 0) return;
    throw forbidden(kind, name, {
      why: 'must have cluster-admin privileges to use the aggregationRule',
    });
  }

  private checkBinding(write: Write): void {
    const { namespace } = write.draft.metadata;
    const role = roleOf(write.draft, namespace ?? '');
    const { name } = role;
    const resource = `${role.kind.toLowerCase()}s`;
    if (this.may(write, 'bind', { resource, namespace, name })) return;
    const rules = this.ports.roles.rulesOf(role);
    if (!rules) throw notFound({ plural: resource, group: RBAC_GROUP }, name);
    this.requireHeld(write, rules);
  }

  private may(
    { caller }: Write,
    verb: string,
    asked: Pick<ResourceAttributes, 'resource' | 'namespace' | 'name'>,
  ): boolean {
    const attributes = { verb, group: RBAC_GROUP, ...asked };
    return this.ports.authorizer.decide(caller, attributes).allowed;
  }

  private requireHeld(write: Write, wanted: readonly PolicyRule[]): void {
    const missing = this.missing(write, wanted);
    if (missing.length === 0) return;
    const { kind, draft, caller } = write;
    const groups = caller.groups.map(group => JSON.stringify(group)).join(' ');
    const rules = compact(missing).map(ruleText).sort().join('\n');
    throw forbidden(kind, draft.metadata.name, {
      why: `user ${JSON.stringify(
        caller.user,
      )} (groups=[${groups}]) is attempting to grant RBAC permissions not currently held:\n${rules}`,
    });
  }

  private missing(
    { draft, caller }: Write,
    wanted: readonly PolicyRule[],
  ): PolicyRule[] {
    const { namespace } = draft.metadata;
    const held = this.ports.authorizer.rulesOf(caller, namespace).rules;
    return notCovered(held, wanted);
  }
}

/** The garbage collector has to be able to change these whatever the rules say. */
function changesOwnersOnly(draft: KubeObject, current: KubeObject): boolean {
  const rest = ({ metadata, ...content }: KubeObject) => {
    const {
      ownerReferences: _owners,
      finalizers: _finalizers,
      managedFields: _managed,
      ...kept
    } = metadata;
    return { ...content, metadata: kept };
  };
  return equalJson(rest(draft), rest(current));
}

/** One rule per resource, with all its verbs, as the real server words a refusal. */
function compact(rules: readonly PolicyRule[]): PolicyRule[] {
  const byTarget = new Map<string, PolicyRule>();
  for (const rule of rules) {
    const { verbs, ...target } = rule;
    const ofPath = rule.nonResourceURLs.length > 0;
    const key = JSON.stringify(ofPath ? rule : target);
    const known = byTarget.get(key);
    byTarget.set(
      key,
      known ? { ...known, verbs: [...known.verbs, ...verbs] } : rule,
    );
  }
  return [...byTarget.values()];
}
