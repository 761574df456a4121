// SPDX-License-Identifier: Apache-2.0
import type {
  MemberRole,
  Refusal,
} from '@tenantry/backstage-plugin-tenants-common';
import type { KubeManifest } from '@tenantry/backstage-plugin-tenants-node';
import { environmentLabels } from './objectLabels';
import type { RenderInput, RenderMember } from './RenderInput';
import { shortHash } from './shortHash';

const RBAC = 'rbac.authorization.k8s.io';
const SELF_SERVICE = 'tenancy-self-service';
/** Members who run things; those who only look have no use for it. */
const SELF_SERVICE_ROLES: ReadonlySet<MemberRole> = new Set(['admin', 'edit']);

/** What members may do in their environment, and members whose role the platform does not allow. */
export function renderRoleBindings(input: RenderInput): {
  readonly objects: readonly KubeManifest[];
  readonly refusals: readonly Refusal[];
} {
  const allowed = new Set(input.settings.allowedRoles);
  const may = input.members.filter(({ role }) => allowed.has(role));
  const mayNot = input.members.filter(({ role }) => !allowed.has(role));
  return {
    objects: [...memberBindings(input, may), ...selfService(input, may)],
    refusals: mayNot.map(member => refuseRole(input, member)),
  };
}

/** One binding a subject and role; subjects whose names share a hash share the binding. */
function memberBindings(
  input: RenderInput,
  members: readonly RenderMember[],
): KubeManifest[] {
  const byName = new Map<string, RenderMember[]>();
  for (const member of members) {
    const name = bindingName(member);
    byName.set(name, [...(byName.get(name) ?? []), member]);
  }
  return [...byName]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([name, subjects]) =>
      binding(input, name, {
        subjects,
        roleRef: {
          apiGroup: RBAC,
          kind: 'ClusterRole',
          name: subjects[0].role,
        },
      }),
    );
}

function bindingName({ kind, name, role }: RenderMember): string {
  return `tenancy-${role}-${shortHash(`${kind}:${name}`)}`;
}

/**
 * Members who run things keep their own NetworkPolicies and read their quota, whatever the cluster's `admin` and `edit` say. Nothing
 * here writes a quota.
 */
function selfService(
  input: RenderInput,
  members: readonly RenderMember[],
): KubeManifest[] {
  const subjects = members.filter(({ role }) => SELF_SERVICE_ROLES.has(role));
  if (subjects.length === 0) return [];
  const role: KubeManifest = {
    apiVersion: `${RBAC}/v1`,
    kind: 'Role',
    metadata: meta(input, SELF_SERVICE),
    rules: [
      {
        apiGroups: ['networking.k8s.io'],
        resources: ['networkpolicies'],
        verbs: ['get', 'list', 'watch', 'create', 'update', 'patch', 'delete'],
      },
      {
        apiGroups: [''],
        resources: ['resourcequotas', 'limitranges'],
        verbs: ['get', 'list', 'watch'],
      },
    ],
  };
  const roleRef = { apiGroup: RBAC, kind: 'Role', name: SELF_SERVICE };
  return [role, binding(input, SELF_SERVICE, { subjects, roleRef })];
}

function binding(
  input: RenderInput,
  name: string,
  to: {
    readonly subjects: readonly RenderMember[];
    readonly roleRef: Readonly<Record<string, string>>;
  },
): KubeManifest {
  const unique = new Map(to.subjects.map(s => [`${s.kind}:${s.name}`, s]));
  const subjects = [...unique]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([, { kind, name: subject }]) => ({
      apiGroup: RBAC,
      kind,
      name: subject,
    }));
  return {
    apiVersion: `${RBAC}/v1`,
    kind: 'RoleBinding',
    metadata: meta(input, name),
    roleRef: to.roleRef,
    subjects,
  };
}

function meta(input: RenderInput, name: string) {
  return {
    name,
    namespace: input.namespace,
    labels: environmentLabels(input),
  };
}

function refuseRole(input: RenderInput, member: RenderMember): Refusal {
  const roles = input.settings.allowedRoles.join(', ') || 'none';
  return {
    rule: 'role-not-allowed',
    environment: input.spec.name,
    subject: `${member.kind}/${member.name}`,
    message: `The role ${member.role} may not be given: this platform allows ${roles}.`,
    chain: [`${member.kind}/${member.name}`, member.role],
    fixes: input.settings.allowedRoles.map(role => ({
      label: `Give the role ${role} instead.`,
    })),
  };
}
