// SPDX-License-Identifier: Apache-2.0
import { explainInvalidTenantName, isTenantName } from './tenantName';

it.each(['a', 'team-1', '0x', 'a'.repeat(40)])('accepts %s', name => {
  expect(isTenantName(name)).toBe(true);
});

it.each([
  '',
  'A',
  '-a',
  'a-',
  'a_b',
  'a.b',
  'a/b',
  '../x',
  'a'.repeat(41),
  'a\u0000',
  'é',
])('refuses %j because it is no RFC 1123 label', name => {
  expect(explainInvalidTenantName(name)).toContain('is not a tenant name');
});

it.each([
  'system',
  'default',
  'kube-system',
  'openshift-x',
  'tenantry-y',
  '__proto__',
  'constructor',
  'prototype',
])('keeps %s reserved', name => {
  expect(explainInvalidTenantName(name)).toContain('is reserved');
});
