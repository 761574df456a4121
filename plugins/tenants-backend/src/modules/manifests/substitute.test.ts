// SPDX-License-Identifier: Apache-2.0
import type { JsonObject } from '@tenantry/backstage-plugin-tenants-node/definitions';
import { substitute } from './substitute';
import { substitutionScope } from './SubstitutionScope';
import { plannedModule, renderInput } from './testing/renderInput';

const SCHEMA = {
  type: 'object',
  properties: {
    replicas: { type: 'integer' },
    size: { type: 'string' },
    hosts: { type: 'array', items: { type: 'string' } },
    tls: { type: 'object', properties: { issuer: { type: 'string' } } },
  },
  additionalProperties: false,
};

function put(tree: JsonObject, parameters: JsonObject = {}) {
  const module = plannedModule({
    parameters,
    release: {
      parameters: SCHEMA,
      secrets: [{ name: 'admin-password', required: true, generate: false }],
    },
  });
  return substitute(tree, substitutionScope(renderInput(), module));
}

describe('a substitution', () => {
  it('keeps the type of the value where it is the whole text', () => {
    const { value, problems } = put(
      { n: '${{ parameters.replicas }}', l: '${{parameters.hosts}}' },
      { replicas: 3, hosts: ['a', 'b'] },
    );
    expect(value).toEqual({ n: 3, l: ['a', 'b'] });
    expect(problems).toEqual([]);
  });

  it('becomes text within a longer text', () => {
    expect(
      put(
        { url: 'http://${{ module.name }}-${{ parameters.replicas }}:80' },
        { replicas: 3 },
      ).value,
    ).toEqual({ url: 'http://web-3:80' });
  });

  it('knows the tenant, the environment, the module, the release and names of secrets', () => {
    const names = [
      'tenant.name',
      'tenant.owner',
      'environment.name',
      'environment.cluster',
      'environment.namespace',
      'environment.tier',
      'module.name',
      'module.version',
      'release.version',
      'secrets.admin-password',
    ];
    const { value, problems } = put(
      Object.fromEntries(names.map(name => [name, `\${{ ${name} }}`])),
    );
    expect(problems).toEqual([]);
    expect(value).toEqual({
      'tenant.name': 'acme',
      'tenant.owner': 'group:default/team-a',
      'environment.name': 'prod',
      'environment.cluster': 'eu-1',
      'environment.namespace': 'acme-prod',
      'environment.tier': 'bronze',
      'module.name': 'web',
      'module.version': '1.2.3',
      'release.version': '1.2.3',
      'secrets.admin-password': 'admin-password',
    });
  });

  it('leaves a field and a list item out when a declared parameter has no value', () => {
    const { value, problems } = put({
      a: '${{ parameters.size }}',
      b: ['x', '${{ parameters.tls.issuer }}'],
    });
    expect(value).toEqual({ b: ['x'] });
    expect(problems).toEqual([]);
  });

  it('of a declared parameter without a value cannot be part of a text', () => {
    expect(put({ a: 'size ${{ parameters.size }}' }).problems).toMatchObject([
      { path: 'a', message: expect.stringContaining('parameters.size') },
    ]);
  });

  it.each([
    'parameters.replica',
    'parameters.tls.isuer',
    'secrets.other',
    'tenant.nam',
    'process.env',
    'parameters',
    'parameters.constructor',
    'parameters.__proto__.x',
    'constructor',
    'parameters.hosts.length',
  ])('of %s is refused, naming the field and the path', path => {
    const { problems } = put(
      { spec: { a: [`\${{ ${path} }} `] } },
      { hosts: ['a'] },
    );
    expect(problems).toMatchObject([{ path: 'spec.a[0]' }]);
  });

  it('of an object or a list cannot be part of a text', () => {
    expect(
      put({ a: 'x ${{ parameters.hosts }}' }, { hosts: ['a'] }).problems,
    ).toMatchObject([{ message: expect.stringContaining('parameters.hosts') }]);
  });

  it('names an item of a list by its position', () => {
    expect(
      put({ a: '${{ parameters.hosts.1 }}' }, { hosts: ['a', 'b'] }).value,
    ).toEqual({ a: 'b' });
  });

  it('is never read in a key', () => {
    expect(put({ '${{ tenant.name }}': 'x' }).problems).toHaveLength(1);
  });

  it('is written as it stands after a second dollar sign', () => {
    expect(put({ a: 'echo $${{ x }} ${{ tenant.name }}' }).value).toEqual({
      a: 'echo ${{ x }} acme',
    });
  });

  it.each([
    '${{ tenant.name',
    '${{ }}',
    '${{ a..b }}',
    '${{ tenant["name"] }}',
  ])('written as %s is refused', text => {
    expect(put({ a: text }).problems).toHaveLength(1);
  });

  it('of a value with a key that is part of JavaScript’s objects is refused', () => {
    const parameters: JsonObject = JSON.parse(
      '{"tls":{"__proto__":{"polluted":true}}}',
    );
    const { problems } = put({ a: '${{ parameters.tls }}' }, parameters);
    expect(problems).toMatchObject([
      { message: expect.stringContaining('__proto__') },
    ]);
    expect(Object.hasOwn(Object.prototype, 'polluted')).toBe(false);
  });

  it('reads a long text of unclosed substitutions in linear time', () => {
    const { problems } = put({ a: '${{ '.repeat(100_000) });
    expect(problems).toHaveLength(1);
  });
});
