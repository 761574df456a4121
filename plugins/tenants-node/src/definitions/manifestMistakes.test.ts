// SPDX-License-Identifier: Apache-2.0
import {
  deployment,
  file,
  placesOf,
  withManifests,
} from './__testUtils__/definitionFiles';
import { parseDefinitions } from './parseDefinitions';

describe('mistakes in manifests', () => {
  const secretRef =
    'spec: { containers: [{ env: [{ valueFrom: { secretKeyRef: { name: pw } } }] }] }\n';
  const manifests: readonly [string, string, string[]][] = [
    ['no object', '- a\n', ['1:1 manifest']],
    ['no kind', 'apiVersion: v1\nmetadata: { name: a }\n', ['1:1 manifest']],
    ['no name', 'apiVersion: v1\nkind: Service\n', ['1:1 manifest']],
    [
      'a kind that tenants may not have',
      'apiVersion: v1\nkind: Secret\nmetadata: { name: a }\n',
      ['2:7 kind-not-allowed'],
    ],
    [
      'an older apiVersion',
      'apiVersion: extensions/v1beta1\nkind: Deployment\nmetadata: { name: a }\n',
      ['2:7 kind-not-allowed'],
    ],
    [
      'a list',
      'apiVersion: v1\nkind: List\nmetadata: { name: a }\n',
      ['2:7 manifest'],
    ],
    [
      'a namespace',
      'apiVersion: v1\nkind: Service\nmetadata: { name: a, namespace: kube-system }\n',
      ['3:22 namespace'],
    ],
    [
      'a substitution in the kind',
      'apiVersion: v1\nkind: ${{ tenant.name }}\nmetadata: { name: a }\n',
      ['2:7 substitution-place'],
    ],
    [
      'a substitution in a key',
      `${deployment('a')}spec: { "\${{ tenant.name }}": 1 }\n`,
      ['5:9 substitution-place'],
    ],
    [
      'a substitution of nothing known',
      deployment('${{ tennant.name }}'),
      ['4:9 substitution'],
    ],
    [
      'a substitution that is not closed',
      deployment('"${{ tenant.name"'),
      ['4:9 substitution'],
    ],
    [
      'a parameter that is not declared',
      deployment('${{ parameters.name }}'),
      ['4:9 unknown-parameter'],
    ],
    [
      'a condition that is no CEL',
      `when: "tenant.name ==="\n${deployment('a')}`,
      ['1:7 condition'],
    ],
    [
      'a condition that is not true or false',
      `when: "1 + 1"\n${deployment('a')}`,
      ['1:7 condition'],
    ],
    [
      'a condition of unknown variables',
      `when: "replicas > 1"\n${deployment('a')}`,
      ['1:7 condition'],
    ],
    [
      'a condition of undeclared parameters',
      `when: "parameters.on"\n${deployment('a')}`,
      ['1:7 unknown-parameter'],
    ],
    [
      'a secret that is not listed',
      `${deployment('a')}${secretRef}`,
      ['5:67 secret-undeclared'],
    ],
    [
      'an object that stands there twice',
      `${deployment('a')}---\n${deployment('a')}`,
      ['6:1 object-twice'],
    ],
    ['invalid YAML', 'a: [\n', ['2:1 yaml']],
  ];

  it.each(manifests)('finds in a manifest: %s', (_what, text, expected) => {
    const { problems } = parseDefinitions([
      file(withManifests('')),
      file(text, 'web/app.yaml'),
    ]);
    expect(problems.map(p => `${p.line}:${p.column} ${p.rule}`)).toEqual(
      expected,
    );
    expect(problems.every(p => p.file === 'web/app.yaml')).toBe(true);
  });

  it('allows modules of the cluster any kind', () => {
    const text = withManifests('').replace(
      '    releases',
      '    scope: cluster\n    releases',
    );
    const role =
      'apiVersion: rbac.authorization.k8s.io/v1\nkind: ClusterRole\nmetadata: { name: a }\n';
    expect(placesOf(text, file(role, 'web/role.yaml'))).toEqual([]);
  });

  it('allows kinds that the platform adds', () => {
    const text = withManifests('');
    const cluster =
      'apiVersion: postgresql.cnpg.io/v1\nkind: Cluster\nmetadata: { name: a }\n';
    const files = [file(text), file(cluster, 'web/a.yaml')];
    const allowedKinds = ['postgresql.cnpg.io/v1/Cluster'];
    expect(parseDefinitions(files).problems).toHaveLength(1);
    expect(parseDefinitions(files, { allowedKinds }).problems).toEqual([]);
  });
});
