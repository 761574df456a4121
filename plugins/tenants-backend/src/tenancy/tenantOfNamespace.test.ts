// SPDX-License-Identifier: Apache-2.0
import fc from 'fast-check';
import { isTenantName } from '@tenantry/backstage-plugin-tenants-common';
import { namespaceObject } from '../informers/testing';
import { parseOwner } from './parseOwner';
import { tenancyPreset, TENANCY_PRESETS } from './presets';
import {
  explainRefusedNamespace,
  tenantOfNamespace,
} from './tenantOfNamespace';

const ours = tenancyPreset('tenantry');
const labelled = (
  labels: Record<string, string>,
  annotations: Record<string, string> = {},
) => namespaceObject({ name: 'my-company-dev', labels, annotations });

describe('tenantOfNamespace', () => {
  it('reads tenant, environment, tier, owner and whether we made it', () => {
    const namespace = labelled(
      {
        'tenantry.dev/tenant': 'my-company',
        'tenantry.dev/environment': 'dev',
        'tenantry.dev/tier': 'gold',
        'app.kubernetes.io/managed-by': 'tenantry',
      },
      { 'tenantry.dev/owner': 'team-a' },
    );
    expect(tenantOfNamespace(namespace, ours)).toEqual({
      tenant: 'my-company',
      environment: 'dev',
      tier: 'gold',
      owner: 'group:default/team-a',
      managed: true,
    });
  });

  it('belongs to nobody without the label, and never reads its name', () => {
    for (const preset of TENANCY_PRESETS) {
      expect(
        tenantOfNamespace(labelled({}), tenancyPreset(preset)),
      ).toBeUndefined();
    }
  });

  it('falls back to the default environment', () => {
    expect(
      tenantOfNamespace(labelled({ 'tenantry.dev/tenant': 'shop' }), ours),
    ).toMatchObject({ environment: 'default', managed: false });
  });

  it.each([
    'system',
    'kube-public',
    'tenantry-x',
    '__proto__',
    'constructor',
    'Shop',
    'a'.repeat(41),
  ])('refuses the name %s and says why', name => {
    const namespace = labelled({ 'tenantry.dev/tenant': name });
    expect(tenantOfNamespace(namespace, ours)).toBeUndefined();
    expect(explainRefusedNamespace(namespace, ours)).toMatch(/name/);
  });

  it('has nothing to explain for a namespace that is fine or is nobody’s', () => {
    expect(
      explainRefusedNamespace(
        labelled({ 'tenantry.dev/tenant': 'shop' }),
        ours,
      ),
    ).toBeUndefined();
    expect(explainRefusedNamespace(labelled({}), ours)).toBeUndefined();
  });

  it('only ever names what can be a tenant’s name', () => {
    fc.assert(
      fc.property(fc.string(), name => {
        const found = tenantOfNamespace(
          labelled({ 'tenantry.dev/tenant': name }),
          ours,
        );
        expect(found === undefined || isTenantName(found.tenant)).toBe(true);
      }),
    );
  });

  it('ignores an owner that is no reference', () => {
    const namespace = labelled(
      { 'tenantry.dev/tenant': 'shop' },
      { 'tenantry.dev/owner': 'Team A <a@example.com>' },
    );
    expect(tenantOfNamespace(namespace, ours)?.owner).toBeUndefined();
  });
});

describe('tenancyPreset', () => {
  it('uses the configured prefix', () => {
    const labels = tenancyPreset('tenantry', 'acme.example');
    expect(
      tenantOfNamespace(
        labelled({
          'acme.example/tenant': 'shop',
          'acme.example/tier': 'gold',
        }),
        labels,
      ),
    ).toMatchObject({ tenant: 'shop', tier: 'gold' });
    expect(
      tenantOfNamespace(labelled({ 'tenantry.dev/tenant': 'shop' }), labels),
    ).toBeUndefined();
  });

  it.each([
    [
      'capsule',
      { 'capsule.clastix.io/tenant': 'oil' },
      { tenant: 'oil', environment: 'default' },
    ],
    [
      'spanda',
      {
        'spanda.ai/tenant': 'acme',
        'spanda.ai/environment': 'prod',
        'spanda.ai/tier': 'silver',
      },
      { tenant: 'acme', environment: 'prod', tier: 'silver' },
    ],
    [
      'spanda',
      { 'spanda.ai/managed': 'true' },
      { tenant: 'my-company-dev', environment: 'dev' },
    ],
    [
      'spanda',
      { 'spanda.ai/managed': 'true', 'spanda.ai/tenant': 'acme' },
      { tenant: 'acme' },
    ],
    [
      'opendatahub',
      { 'opendatahub.io/dashboard': 'true' },
      { tenant: 'my-company-dev', environment: 'default' },
    ],
    [
      'plain',
      { tenant: 'shop', env: 'dev', tier: 'gold' },
      { tenant: 'shop', environment: 'dev', tier: 'gold' },
    ],
  ] as const)('adopts what %s labels with %j', (preset, labels, expected) => {
    expect(
      tenantOfNamespace(labelled({ ...labels }), tenancyPreset(preset)),
    ).toMatchObject(expected);
  });

  it('does not adopt an opendatahub namespace that is switched off', () => {
    expect(
      tenantOfNamespace(
        labelled({ 'opendatahub.io/dashboard': 'false' }),
        tenancyPreset('opendatahub'),
      ),
    ).toBeUndefined();
  });
});

describe('parseOwner', () => {
  it.each([
    ['team-a', 'group:default/team-a'],
    ['group:Team-A', 'group:default/team-a'],
    ['user:guests/jane.doe', 'user:guests/jane.doe'],
    [' group:default/team-a ', 'group:default/team-a'],
  ])('reads %j as %s', (text, ref) => {
    expect(parseOwner(text)).toBe(ref);
  });

  it.each([
    '',
    'a b',
    'group:',
    ':x',
    'a/b/c',
    'a:b:c',
    '-a',
    'x'.repeat(64),
    'group:default/../admin',
  ])('does not take %j for a reference', text => {
    expect(parseOwner(text)).toBeUndefined();
  });
});
