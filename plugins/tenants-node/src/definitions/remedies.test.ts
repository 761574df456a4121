// SPDX-License-Identifier: Apache-2.0
import {
  deployment,
  file,
  withManifests,
  wordsOf,
} from './__testUtils__/definitionFiles';
import { parseDefinitions } from './parseDefinitions';

describe('what a mistake says', () => {
  it.each([
    [
      'a range beside a name',
      'modules: { a: {}, b: { dependencies: ["a@^2"] } }',
      'Write it as { name: a, version: "^2" }.',
    ],
    [
      'an amount in gigabytes',
      'tiers: { s: { name: S, quota: { memory: 4GB } } }',
      'Write it as 4Gi.',
    ],
    [
      'an amount in cores',
      'tiers: { s: { name: S, quota: { cpu: 2 cores } } }',
      'Write it as "2".',
    ],
    [
      'a list without entries',
      'modules: { a: { releases: [] } }',
      'modules.a.releases is empty. Fill it, or remove the key.',
    ],
    [
      'a text that is too long',
      `modules: { a: { displayName: ${'x'.repeat(101)} } }`,
      'modules.a.displayName is more than 100 characters. Write at most 100 characters.',
    ],
    [
      'a secret without a key',
      'modules: { a: { secrets: [token] } }',
      'Write a mapping: { name: token }.',
    ],
    [
      'an item that is not as deep as its neighbours',
      'modules:\n  a:\n   releases:\n     - version: 1.0.0\n      manifests: ./a\n',
      'is this line not as deep as its neighbours?',
    ],
    [
      'one file that is a Kubernetes object',
      'apiVersion: v1\nkind: ConfigMap\n',
      'platform.yaml holds no definitions: it is a Kubernetes object.',
    ],
  ])('says what to write in place of %s', (_what, text, expected) => {
    expect(wordsOf(text)).toEqual([expect.stringContaining(expected)]);
  });

  it.each([
    [
      'a parameter that nothing declares',
      'spec: { replicas: "${{ parameters.replicas }}" }\n',
      'Declare it in the release: parameters.properties.replicas.',
    ],
    [
      'a value of a Helm chart',
      'spec: { image: "web:{{ .Values.tag }}" }\n',
      'Put values in as ${{ parameters.NAME }}',
    ],
    [
      'a secret that nothing lists',
      'spec: { volumes: [{ secret: { secretName: tls } }] }\n',
      'List it in the release: secrets: [{ name: tls }].',
    ],
  ])('says how to mend %s', (_what, text, expected) => {
    const manifest = file(deployment('web', text), 'web/web.yaml');
    expect(wordsOf(withManifests(''), manifest)).toEqual([
      expect.stringContaining(expected),
    ]);
  });

  it('names the endpoint whose Service is not there', () => {
    const text = withManifests(
      '        endpoints: [{ name: ui, service: webb, port: 80 }]\n',
    );
    const service = 'apiVersion: v1\nkind: Service\nmetadata: { name: web }\n';
    const { problems } = parseDefinitions([
      file(text),
      file(service, 'web/s.yaml'),
    ]);
    expect(problems).toMatchObject([
      { rule: 'endpoint-service', line: 6, remedy: 'Did you mean "web"?' },
    ]);
  });

  it('names what defines a module already', () => {
    const { problems } = parseDefinitions([
      file('modules:\n  a: {}\n', 'a.yaml'),
      file('modules:\n  a: {}\n', 'b.yaml'),
    ]);
    expect(problems).toEqual([
      {
        file: 'b.yaml',
        line: 2,
        column: 3,
        rule: 'defined-twice',
        message: 'The module "a" is defined already, in a.yaml:2.',
        remedy: 'Remove or rename one of them.',
      },
    ]);
  });

  it('says what was probably meant', () => {
    const { problems } = parseDefinitions([
      file(
        'modules:\n  postgres: {}\n  a: { displayname: A, dependencies: [postgress] }\n',
      ),
    ]);
    expect(problems.map(p => p.remedy)).toEqual([
      'Did you mean "displayName"?',
      'Did you mean "postgres"?',
    ]);
  });
});
