// SPDX-License-Identifier: Apache-2.0
import type { DefinitionFile } from './DefinitionFile';
import { parseDefinitions } from './parseDefinitions';

function file(text: string, path = 'platform.yaml'): DefinitionFile {
  return { path, text };
}

/** The problems of one file, as `line:column rule`. */
function placesOf(text: string, ...more: DefinitionFile[]): string[] {
  return parseDefinitions([file(text), ...more]).problems.map(
    ({ line, column, rule }) => `${line}:${column} ${rule}`,
  );
}

const deployment = (name: string, more = '') =>
  `apiVersion: apps/v1\nkind: Deployment\nmetadata:\n  name: ${name}\n${more}`;

const withManifests = (release: string) =>
  `modules:\n  web:\n    releases:\n      - version: 1.0.0\n        manifests: ./web\n${release}`;

describe('mistakes', () => {
  const cases: readonly [string, string, string[]][] = [
    [
      'a key written twice',
      'modules:\n  a: {}\n  a: {}\n',
      ['3:3 duplicate-key'],
    ],
    [
      'a category written twice',
      'categories:\n  m: { name: A }\n  m: { name: B }\n',
      ['3:3 duplicate-key'],
    ],
    [
      'a key that every object has',
      'modules:\n  __proto__: {}\n',
      ['2:3 reserved-key'],
    ],
    [
      'constructor',
      'modules:\n  a:\n    default_config: { constructor: { prototype: {} } }\n',
      ['3:23 reserved-key'],
    ],
    [
      'a path with a key that every object has',
      'modules:\n  a:\n    chart_path: x\n    helm_values: { "__proto__.x": 1 }\n',
      ['4:35 reserved-key'],
    ],
    [
      'an anchor that contains itself',
      'modules: &m\n  a: *m\n',
      ['2:6 anchor-cycle', '2:6 type'],
    ],
    [
      'an alias without an anchor',
      'modules:\n  a: { description: *x }\n',
      ['2:21 yaml', '2:21 type'],
    ],
    ['a tab', 'modules:\n\ta: {}\n', ['2:1 yaml']],
    [
      'an unknown key',
      'modules:\n  a:\n    displayname: A\n',
      ['3:5 unknown-key'],
    ],
    [
      'an unknown key of a release',
      'modules:\n  a:\n    releases:\n      - versoin: 1.0.0\n',
      ['4:9 missing', '4:9 unknown-key'],
    ],
    ['an unknown key of the file', 'module:\n  a: {}\n', ['1:1 unknown-key']],
    [
      'a version that is a number',
      'modules:\n  a: { version: 1.0 }\n',
      ['2:17 type'],
    ],
    [
      'a version that is none',
      'modules:\n  a: { version: "1.0" }\n',
      ['2:17 version'],
    ],
    [
      'a range that is none',
      'modules:\n  a: { kubernetes: "newer" }\n',
      ['2:20 range'],
    ],
    [
      'a range of a dependency that is none',
      'modules:\n  b: {}\n  a: { dependencies: [{ name: b, version: "newest" }] }\n',
      ['3:43 range'],
    ],
    [
      'a dependency that is not there',
      'modules:\n  a: { dependencies: [postgres] }\n',
      ['2:23 unknown-module'],
    ],
    [
      'a recommendation that is not there',
      'modules:\n  a: { recommends: [backup] }\n',
      ['2:21 unknown-module'],
    ],
    [
      'a dependency on itself',
      'modules:\n  a: { dependencies: [a] }\n',
      ['2:23 self-dependency'],
    ],
    [
      'a range that no release is in',
      'modules:\n  b: { version: 1.0.0 }\n  a: { dependencies: [{ name: b, version: ^2 }] }\n',
      ['3:23 unmet-range'],
    ],
    [
      'a circle',
      'modules:\n  a: { dependencies: [b] }\n  b: { dependencies: [c] }\n  c: { dependencies: [a] }\n',
      ['4:23 dependency-cycle'],
    ],
    [
      'a category that is not there',
      'modules:\n  a: { category: data }\n',
      ['2:18 unknown-category'],
    ],
    [
      'a tier that is not there',
      'modules:\n  a: { allowedTiers: [gold] }\n',
      ['2:23 unknown-tier'],
    ],
    [
      'parameters of a tier that is not there',
      'modules:\n  a: { parameters: { properties: { n: { type: integer } } }, tierParameters: { gold: { n: 1 } } }\n',
      ['2:86 unknown-tier'],
    ],
    [
      'a schema that is none',
      'modules:\n  a: { parameters: { replicas: { type: integer } } }\n',
      ['2:20 parameters'],
    ],
    [
      'a schema that refers outside',
      'modules:\n  a: { parameters: { properties: { x: { $ref: "https://example.com/x.json" } } } }\n',
      ['2:47 parameters'],
    ],
    [
      'a pattern that can take for ever',
      'modules:\n  a: { parameters: { properties: { x: { type: string, pattern: "^(a+)+$" } } } }\n',
      ['2:64 parameters'],
    ],
    [
      'a default that the schema refuses',
      'modules:\n  a: { parameters: { properties: { n: { type: integer, default: x } } } }\n',
      ['2:65 parameters'],
    ],
    [
      'values of a tier that the schema refuses',
      'tiers: { t: {} }\nmodules:\n  a: { parameters: { properties: { n: { type: integer } } }, tierParameters: { t: { n: x } } }\n',
      ['3:88 tier-parameters'],
    ],
    [
      'values of a tier that are no parameters',
      'tiers: { t: {} }\nmodules:\n  a: { parameters: { properties: { n: { type: integer } } }, tierParameters: { t: { m: 1 } } }\n',
      ['3:88 tier-parameters'],
    ],
    [
      'a link that runs code',
      'modules:\n  a: { links: [{ title: A, url: "javascript:alert(1)" }] }\n',
      ['2:33 link'],
    ],
    ['a name that is no label', 'modules:\n  Data_Lake: {}\n', ['2:3 name']],
    [
      'a name that differs from the key',
      'modules:\n  a: { name: b }\n',
      ['2:14 name'],
    ],
    [
      'an owner that is no reference',
      'modules:\n  a: { owner: team-a }\n',
      ['2:15 entity-ref'],
    ],
    [
      'an amount that is none',
      'tiers:\n  t: { quota: { requests.cpu: lots } }\n',
      ['2:31 amount'],
    ],
    [
      'a release written twice',
      'modules:\n  a:\n    releases:\n      - version: 1.0.0\n      - version: 1.0.0\n',
      ['5:18 defined-twice'],
    ],
    [
      'keys of a release beside releases',
      'modules:\n  a:\n    provides: [x]\n    releases:\n      - version: 1.0.0\n',
      ['3:15 misplaced-key'],
    ],
    [
      'a path that leaves its folder',
      'modules:\n  a: { manifests: ../secrets }\n',
      ['2:19 path'],
    ],
    [
      'a path that is absolute',
      'modules:\n  a: { manifests: /etc }\n',
      ['2:19 path'],
    ],
    [
      'a path that is an address',
      'modules:\n  a: { manifests: "https://example.com" }\n',
      ['2:19 path'],
    ],
    [
      'a path with nothing there',
      'modules:\n  a: { manifests: ./nothing }\n',
      ['2:19 manifests-missing'],
    ],
    [
      'a runbook that is not there',
      'modules:\n  a: { runbook: ./a.md }\n',
      ['2:17 runbook-missing'],
    ],
    [
      'a chart and manifests',
      'modules:\n  a: { chart: { name: x }, manifests: ./nothing }\n',
      ['2:39 said-twice', '2:39 manifests-missing'],
    ],
    [
      'a substitution in chart values that names nothing',
      'modules:\n  a: { chart: { name: x }, values: { n: "${{ parameters.n }}" } }\n',
      ['2:41 unknown-parameter'],
    ],
    ['a file that is a list', '- a\n', ['1:1 type']],
    [
      'a folder without definitions',
      'apiVersion: v1\nkind: ConfigMap\n',
      ['undefined:undefined no-definitions'],
    ],
    [
      'a capability with half a version',
      'modules:\n  a: { provides: [sql@15] }\n',
      ['2:19 name'],
    ],
  ];

  it.each(cases)('finds %s', (_what, text, expected) => {
    expect(placesOf(text)).toEqual(expected);
  });

  /** Message and remedy of the only problem of a file. */
  const wordsOf = (text: string, ...more: DefinitionFile[]) =>
    parseDefinitions([file(text), ...more]).problems.map(
      ({ message, remedy }) => `${message} ${remedy}`,
    );

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

  it('takes what a release can stand in for with a version, and needs it by its name', () => {
    const { problems, catalogue } = parseDefinitions([
      file(
        'modules: { pg: { provides: [sql@15.0.0] }, web: { dependencies: [{ name: sql, version: ">=14" }] } }',
      ),
    ]);
    expect(problems).toEqual([]);
    expect(catalogue?.modules.get('pg')?.releases[0].provides).toEqual([
      'sql@15.0.0',
    ]);
  });

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

  it('looks at the rest of a module that has a mistake', () => {
    const text = withManifests('        versoin: 2.0.0\n').replace(
      'version: 1.0.0',
      'version: 1.0',
    );
    const { problems } = parseDefinitions([
      file(text),
      file(
        'apiVersion: v1\nkind: Secret\nmetadata: { name: a }\n',
        'web/a.yaml',
      ),
    ]);
    expect(problems.map(p => `${p.file}:${p.line} ${p.rule}`)).toEqual([
      'platform.yaml:4 type',
      'platform.yaml:6 unknown-key',
      'web/a.yaml:2 kind-not-allowed',
    ]);
  });

  it('finds the mistakes of all files at once, by file and line', () => {
    const { problems, catalogue } = parseDefinitions([
      file('modules:\n  b: { scop: tenant }\n  c: { version: x }\n', 'b.yaml'),
      file('modules:\n  a: { category: none }\n', 'a.yaml'),
    ]);
    expect(catalogue).toBeUndefined();
    expect(problems.map(p => `${p.file}:${p.line} ${p.rule}`)).toEqual([
      'a.yaml:2 unknown-category',
      'b.yaml:2 unknown-key',
      'b.yaml:3 version',
    ]);
  });

  it('does not call a dependency unknown because what it names has mistakes of its own', () => {
    expect(
      placesOf('modules:\n  a: { dependencies: [b] }\n  b: { version: x }\n'),
    ).toEqual(['3:17 version']);
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

describe('limits', () => {
  const ruleOf = (...files: DefinitionFile[]) =>
    parseDefinitions(files).problems.map(p => p.rule);

  it('refuses aliases that multiply', () => {
    const levels = Array.from({ length: 9 }, (_, level) => {
      const of = level === 0 ? '"x"' : `*l${level - 1}`;
      return `l${level}: &l${level} [${Array(9).fill(of).join(', ')}]`;
    });
    expect(ruleOf(file(`${levels.join('\n')}\nmodules: {}\n`))).toEqual([
      'alias-bomb',
    ]);
  });

  it('refuses files that are too large, too many or too deep', () => {
    expect(ruleOf(file('x'.repeat(10_000_000)))).toEqual(['too-large']);
    expect(ruleOf(file('---\na: 1\n'.repeat(10_000)))).toEqual([
      'too-many-documents',
    ]);
    expect(ruleOf(file(`a: ${'['.repeat(100_000)}`))).toEqual(['too-deep']);
    expect(ruleOf(file('- '.repeat(10_000)))).toEqual(['too-deep']);
    expect(ruleOf(file(`a: [${'1,'.repeat(60_000)}]`))).toEqual(['too-large']);
    const many = Array.from({ length: 1_001 }, (_, i) => file('', `${i}.yaml`));
    expect(ruleOf(...many)).toEqual(['too-large']);
    const large = Array.from({ length: 9 }, (_, i) =>
      file('#'.repeat(1_000_000), `${i}.yaml`),
    );
    expect(ruleOf(...large)).toEqual(['too-large']);
  });

  it('tells a bounded number of problems', () => {
    const lines = Array.from({ length: 1_000 }, (_, i) => `  a${i}: { x: 1 }`);
    expect(
      ruleOf(file(`modules:\n${lines.join('\n')}\n`)).length,
    ).toBeLessThanOrEqual(200);
  });
});
