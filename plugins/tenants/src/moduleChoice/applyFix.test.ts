// SPDX-License-Identifier: Apache-2.0
import type { EnvironmentSpec } from '@tenantry/backstage-plugin-tenants-common';
import { applyFix } from './applyFix';

const SPEC: EnvironmentSpec = {
  name: 'prod',
  cluster: 'eu-west',
  tier: 'standard',
  modules: [{ name: 'airflow', parameters: { storage: { size: '5Gi' } } }],
  members: [],
  asleep: false,
  overrides: {},
};
const environment = 'prod';

describe('applyFix', () => {
  it('adds, changes and removes modules', () => {
    const added = applyFix(SPEC, {
      type: 'add-module',
      environment,
      module: 'redis',
      version: '^7',
    });
    expect(added.modules).toEqual([
      ...SPEC.modules,
      { name: 'redis', version: '^7', parameters: {} },
    ]);
    const raised = applyFix(added, {
      type: 'set-version',
      environment,
      module: 'redis',
      version: '7.4.1',
    });
    expect(raised.modules[1].version).toBe('7.4.1');
    const removed = applyFix(raised, {
      type: 'remove-module',
      environment,
      module: 'redis',
    });
    expect(removed).toEqual(SPEC);
  });

  it('sets a parameter at its path and keeps the others', () => {
    const { modules } = applyFix(SPEC, {
      type: 'set-parameter',
      environment,
      module: 'airflow',
      path: 'storage.class',
      value: 'fast',
    });
    expect(modules[0].parameters).toEqual({
      storage: { size: '5Gi', class: 'fast' },
    });
  });

  it('changes the tier', () => {
    const fixed = applyFix(SPEC, {
      type: 'set-tier',
      environment,
      tier: 'premium',
    });
    expect(fixed.tier).toBe('premium');
  });

  it('leaves another environment alone', () => {
    const fixed = applyFix(SPEC, {
      type: 'set-tier',
      environment: 'dev',
      tier: 'premium',
    });
    expect(fixed).toBe(SPEC);
  });
});
