// SPDX-License-Identifier: Apache-2.0
import type { JsonObject } from '@tenantry/backstage-plugin-tenants-node/definitions';
import { ingressRule, routeRule } from './hostRules';
import { renderInput, SETTINGS } from './testing/renderInput';

const input = renderInput({
  settings: {
    ...SETTINGS,
    ingressHosts: ['{environment}.{tenant}.apps.example'],
  },
});
const ingress = (spec: JsonObject): JsonObject => ({ kind: 'Ingress', spec });
const hosts = (...names: string[]) =>
  ingress({ rules: names.map(host => ({ host })) });

describe('host names of a module', () => {
  it('may be the environment’s own and those below', () => {
    const mine = hosts('prod.acme.apps.example', 'a.b.prod.acme.apps.example');
    expect(ingressRule(mine, input)).toEqual([]);
  });

  it.each([
    'prod.other.apps.example',
    'xprod.acme.apps.example',
    'prod.acme.apps.example.evil.example',
    '*.apps.example',
  ])('may not be %s', host => {
    expect(ingressRule(hosts(host), input)).toMatchObject([
      { message: expect.stringContaining(host) },
    ]);
  });

  it('are also those of certificates, and no name means every name', () => {
    const problems = ingressRule(
      ingress({
        defaultBackend: { service: { name: 'web' } },
        rules: [{}],
        tls: [{ hosts: ['other.example'] }],
      }),
      input,
    );
    expect(problems.map(({ message }) => message)).toEqual([
      'spec.rules[0].host answers for every host name.',
      'spec.tls[0].hosts[0] "other.example" is not a host name of this environment.',
      'spec.defaultBackend answers for every host name.',
    ]);
  });

  it('of a route of the Gateway API are held to the same', () => {
    const route = (hostnames: string[]) => ({ spec: { hostnames } });
    expect(routeRule(route(['prod.acme.apps.example']), input)).toEqual([]);
    expect(routeRule(route(['other.example']), input)).toHaveLength(1);
    expect(routeRule(route([]), input)).toHaveLength(1);
  });

  it('may be any where the platform names no domains', () => {
    expect(ingressRule(hosts('other.example'), renderInput())).toEqual([]);
  });
});
