// SPDX-License-Identifier: Apache-2.0
import { at, type Json } from '../Json';
import type { Session } from '../Session';
import { role, roleBinding, user } from './objects';

export const RBAC = 'rbac.authorization.k8s.io/v1';
export const AUTHZ = '/apis/authorization.k8s.io/v1';
export const JANE = { user: 'jane', groups: ['team'] };

export async function grant(api: Session, ...rules: readonly object[]) {
  await api.post(api.in(`${RBAC}/roles`), role('r', rules), { quiet: true });
  await api.post(
    api.in(`${RBAC}/rolebindings`),
    roleBinding('b', { kind: 'Role', name: 'r' }, [user('jane')]),
    { quiet: true },
  );
  // The authorizer reads roles from a cache.
  for (let turn = 0; turn < 40; turn += 1) {
    const { body } = await api.post(
      `${AUTHZ}/selfsubjectrulesreviews`,
      review('SelfSubjectRulesReview', { namespace: api.ns }),
      { as: JANE, quiet: true },
    );
    const given = at(body, 'status', 'resourceRules');
    if (Array.isArray(given) && JSON.stringify(given).includes('granted'))
      return;
  }
}

/** Tells in a rules review that the role has arrived. */
export const MARK = {
  apiGroups: ['granted'],
  resources: ['granted'],
  verbs: ['get'],
};

export function review(kind: string, spec: object) {
  return { apiVersion: 'authorization.k8s.io/v1', kind, spec };
}

export function kindOf(body: Json): Json | undefined {
  return at(body, 'kind');
}

export async function allowedSoon(
  api: Session,
  { resource, namespace }: { resource: string; namespace?: string },
): Promise<void> {
  for (let turn = 0; turn < 40; turn += 1) {
    const { body } = await api.post(
      `${AUTHZ}/selfsubjectaccessreviews`,
      review('SelfSubjectAccessReview', {
        resourceAttributes: { verb: 'list', resource, namespace },
      }),
      { as: JANE, quiet: true },
    );
    if (at(body, 'status', 'allowed') === true) return;
  }
}

export function claimsOf(body: Json): Json {
  const [, part = ''] = String(at(body, 'status', 'token')).split('.');
  const claims: Json = JSON.parse(
    Buffer.from(part, 'base64url').toString() || '{}',
  );
  return {
    audience: at(claims, 'aud'),
    subject: at(claims, 'sub'),
    issuer: at(claims, 'iss'),
    account: at(claims, 'kubernetes.io', 'serviceaccount', 'name'),
  };
}
