// SPDX-License-Identifier: Apache-2.0
import { file, placesOf, withManifests } from './__testUtils__/definitionFiles';
import { parseDefinitions } from './parseDefinitions';

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
});
