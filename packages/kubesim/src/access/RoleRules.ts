// SPDX-License-Identifier: Apache-2.0
import type { KindRegistry } from '../kinds/KindRegistry';
import { recordOf, recordsOf, textOf, type JsonRecord } from '../storage/json';
import type { KubeObject } from '../storage/Objects';
import type { ObjectStore } from '../storage/ObjectStore';
import type { Caller } from './Caller';
import { rulesOf, type PolicyRule } from './PolicyRule';
import { serviceAccountOf } from './ServiceAccountTokens';

export const RBAC_GROUP = 'rbac.authorization.k8s.io';
type RoleKind = 'Role' | 'ClusterRole';
export type RoleReference = {
  readonly kind: RoleKind;
  readonly name: string;
  /** Of a Role. */
  readonly namespace: string;
};
/** One rule a caller has, and through what. */
export type GrantedRule = { readonly rule: PolicyRule; readonly via: string };
/** What a caller has in a namespace, and what could not be read. */
export type Granted = {
  readonly rules: readonly GrantedRule[];
  readonly problems: readonly string[];
};
type Binding = {
  readonly subjects: readonly JsonRecord[];
  readonly role: RoleReference;
  readonly label: string;
};
type Ports = { readonly store: ObjectStore; readonly kinds: KindRegistry };

/** The roles and bindings in the store, as they are now. Read once per change. */
export class RoleRules {
  private readonly bindings = new Map<string, readonly Binding[]>();
  private readonly roles = new Map<string, readonly PolicyRule[] | undefined>();

  constructor(private readonly ports: Ports) {}

  start(): void {
    this.ports.store.onChange(({ kind, revision }) => {
      if (kind.group !== RBAC_GROUP) return;
      const { namespace = '', name } = revision.object.metadata;
      if (kind.kind.endsWith('Binding')) this.bindings.delete(namespace);
      else this.roles.delete(keyOf({ kind: kind.kind, namespace, name }));
    });
  }

  /** What a caller may do in a namespace, or, without one, in the whole cluster. */
  granted(caller: Caller, namespace = ''): Granted {
    const rules: GrantedRule[] = [];
    const problems: string[] = [];
    for (const binding of this.bindingsFor(namespace)) {
      const subject = binding.subjects.find(item =>
        isMeant(item, caller, namespace),
      );
      if (!subject) continue;
      const found = this.rulesOf(binding.role);
      if (!found) problems.push(missingRole(binding.role));
      const via = `${binding.label} of ${binding.role.kind} "${
        binding.role.name
      }" to ${subjectText(subject)}`;
      for (const rule of found ?? []) rules.push({ rule, via });
    }
    return { rules, problems };
  }

  /** `undefined` when there is no such role. */
  rulesOf(role: RoleReference): readonly PolicyRule[] | undefined {
    const key = keyOf(role);
    if (this.roles.has(key)) return this.roles.get(key);
    const kind = this.ports.kinds.get(
      `${role.kind.toLowerCase()}s.${RBAC_GROUP}`,
    );
    const object =
      kind && this.ports.store.get(kind, role.namespace, role.name)?.object;
    const rules = object && rulesOf(object);
    // Roles that are not there are not remembered: names come from outside and have no bound.
    if (rules) this.roles.set(key, rules);
    return rules;
  }

  private bindingsFor(namespace: string): readonly Binding[] {
    const everywhere = this.bindingsIn('');
    return namespace
      ? [...everywhere, ...this.bindingsIn(namespace)]
      : everywhere;
  }

  private bindingsIn(namespace: string): readonly Binding[] {
    const present = this.bindings.get(namespace);
    if (present) return present;
    const plural = namespace ? 'rolebindings' : 'clusterrolebindings';
    const kind = this.ports.kinds.get(`${plural}.${RBAC_GROUP}`);
    if (!kind || this.ports.store.count(kind, namespace || undefined) === 0)
      return [];
    const found = this.ports.store
      .list(kind, namespace || undefined)
      .map(({ object }) => bindingOf(object, namespace));
    this.bindings.set(namespace, found);
    return found;
  }
}

function keyOf(role: {
  kind: string;
  namespace: string;
  name: string;
}): string {
  return role.kind === 'Role' ? `${role.namespace}/${role.name}` : role.name;
}

function bindingOf(object: KubeObject, namespace: string): Binding {
  const { name } = object.metadata;
  return {
    subjects: recordsOf(object.subjects),
    role: roleOf(object, namespace),
    label: namespace
      ? `RoleBinding "${name}/${namespace}"`
      : `ClusterRoleBinding "${name}"`,
  };
}

/** The role a binding refers to. */
export function roleOf(binding: JsonRecord, namespace: string): RoleReference {
  const reference = recordOf(binding.roleRef);
  const name = textOf(reference.name) ?? '';
  return reference.kind === 'Role'
    ? { kind: 'Role', name, namespace }
    : { kind: 'ClusterRole', name, namespace: '' };
}

/** How the real server says that a binding refers to nothing. */
export function missingRole({ kind, name }: RoleReference): string {
  return `${kind.toLowerCase()}.${RBAC_GROUP} "${name}" not found`;
}

function isMeant(
  subject: JsonRecord,
  caller: Caller,
  namespace: string,
): boolean {
  const name = textOf(subject.name) ?? '';
  switch (subject.kind) {
    case 'User':
      return caller.user === name;
    case 'Group':
      return caller.groups.includes(name);
    case 'ServiceAccount': {
      const account = serviceAccountOf(caller.user);
      const home = textOf(subject.namespace) || namespace;
      return account?.name === name && account.namespace === home;
    }
    default:
      return false;
  }
}

function subjectText({ kind, name, namespace }: JsonRecord): string {
  const where = kind === 'ServiceAccount' ? `${name}/${namespace}` : name;
  return `${kind} "${where}"`;
}
