// SPDX-License-Identifier: Apache-2.0
import { renderRoleBindings } from './roleBindings';
import { renderInput, SETTINGS } from './testing/renderInput';

describe('bindings of members', () => {
  it('give one ClusterRole to one subject each', () => {
    const { objects } = renderRoleBindings(
      renderInput({
        members: [
          { kind: 'User', name: 'ann', role: 'view' },
          { kind: 'Group', name: 'ann', role: 'view' },
        ],
      }),
    );
    expect(objects.map(o => o.roleRef)).toEqual([
      {
        apiGroup: 'rbac.authorization.k8s.io',
        kind: 'ClusterRole',
        name: 'view',
      },
      {
        apiGroup: 'rbac.authorization.k8s.io',
        kind: 'ClusterRole',
        name: 'view',
      },
    ]);
    expect(new Set(objects.map(o => o.metadata.name)).size).toBe(2);
    for (const { metadata } of objects) {
      expect(metadata.name).toMatch(/^tenancy-view-[0-9a-f]{10}$/);
    }
  });

  it('name a binding by its subject, so that other members do not move it', () => {
    const ann = { kind: 'User', name: 'ann', role: 'view' } as const;
    const names = (members: readonly (typeof ann)[]) =>
      renderRoleBindings(renderInput({ members })).objects.map(
        o => o.metadata.name,
      );
    expect(names([ann, ann])).toEqual(names([ann]));
  });

  it('refuse a role the platform does not allow, naming those it does', () => {
    const { objects, refusals } = renderRoleBindings(
      renderInput({
        members: [{ kind: 'User', name: 'ann', role: 'admin' }],
        settings: { ...SETTINGS, allowedRoles: ['edit', 'view'] },
      }),
    );
    expect(objects).toEqual([]);
    expect(refusals).toMatchObject([
      {
        rule: 'role-not-allowed',
        subject: 'User/ann',
        message: expect.stringContaining('edit, view'),
        fixes: [{ label: 'Give the role edit instead.' }, {}],
      },
    ]);
  });

  it('let members who run things keep NetworkPolicies, and nobody a quota', () => {
    const { objects } = renderRoleBindings(
      renderInput({
        members: [
          { kind: 'User', name: 'ann', role: 'edit' },
          { kind: 'User', name: 'bob', role: 'view' },
        ],
      }),
    );
    const role = objects.find(o => o.kind === 'Role');
    const binding = objects.find(
      o => o.kind === 'RoleBinding' && o.metadata.name === role?.metadata.name,
    );
    expect(binding?.subjects).toMatchObject([{ kind: 'User', name: 'ann' }]);
    expect(role?.rules).toEqual([
      expect.objectContaining({ resources: ['networkpolicies'] }),
      expect.objectContaining({
        resources: ['resourcequotas', 'limitranges'],
        verbs: ['get', 'list', 'watch'],
      }),
    ]);
  });
});
