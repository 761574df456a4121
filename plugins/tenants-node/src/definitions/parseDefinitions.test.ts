// SPDX-License-Identifier: Apache-2.0
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { DefinitionFile } from './DefinitionFile';
import { parseDefinitions } from './parseDefinitions';

const spanda = readFileSync(
  join(__dirname, '../../../../examples/module-definitions/spanda.yaml'),
  'utf8',
);

function file(text: string, path = 'platform.yaml'): DefinitionFile {
  return { path, text };
}

const deployment = (name: string, more = '') =>
  `apiVersion: apps/v1\nkind: Deployment\nmetadata:\n  name: ${name}\n${more}`;

const withManifests = (release: string) =>
  `modules:\n  web:\n    releases:\n      - version: 1.0.0\n        manifests: ./web\n${release}`;

describe('the platform file of the older portals', () => {
  const { catalogue, problems } = parseDefinitions([file(spanda)]);

  it('loads as it stands', () => {
    expect(problems).toEqual([]);
    expect(catalogue?.modules.size).toBe(13);
    expect(catalogue?.categories.size).toBe(6);
    expect([...(catalogue?.tiers.keys() ?? [])]).toEqual([
      'bronze',
      'standard',
      'premium',
    ]);
  });

  it('reads tenant_scope, chart_path, default_config and resource_quota', () => {
    expect(catalogue?.modules.get('security-vault')).toMatchObject({
      displayName: 'Secrets store',
      scope: 'cluster',
    });
    expect(catalogue?.modules.get('data-lake-baremetal')).toMatchObject({
      scope: 'tenant',
      releases: [
        {
          version: '1.0.0',
          delivery: 'chart',
          content: {
            chart: { name: 'data-lake-baremetal' },
            values: { minio: { enabled: true, replicas: 1 } },
          },
        },
      ],
    });
    expect(catalogue?.tiers.get('bronze')?.quota).toEqual({
      'requests.cpu': '10',
      'requests.memory': '20Gi',
      'limits.cpu': '10',
      'limits.memory': '20Gi',
      persistentvolumeclaims: '5',
      'requests.storage': '50Gi',
    });
  });

  it('estimates from default_config what a chart requests, without what is switched off', () => {
    const lake = catalogue?.modules.get('data-lake-baremetal')?.releases[0];
    // MinIO 100m, Spark 500m and twice 500m, Dremio 500m.
    expect(lake?.footprint).toMatchObject({ cpu: '2100m', pods: '5' });
  });

  it('is read from resource_tiers as from resource_templates', () => {
    const other = spanda.replace('resource_templates:', 'resource_tiers:');
    const parsed = parseDefinitions([file(other)]);
    expect(parsed.catalogue?.version).toBe(catalogue?.version);
  });

  it('puts helm_values over default_config by dotted path', () => {
    const text =
      'modules:\n  lake:\n    chart_path: lake\n    default_config: { minio: { enabled: false, replicas: 2 } }\n    helm_values: { minio.enabled: true, spark.ui.port: 1 }\n';
    const lake = parseDefinitions([file(text)]).catalogue?.modules.get('lake');
    expect(lake?.releases[0].content).toMatchObject({
      values: {
        minio: { enabled: true, replicas: 2 },
        spark: { ui: { port: 1 } },
      },
    });
  });
});

describe('a catalogue', () => {
  it('cannot be changed', () => {
    const { catalogue } = parseDefinitions([file(spanda)]);
    const web = catalogue?.modules.get('security-vault');
    expect(() => Object.assign(web ?? {}, { name: 'x' })).toThrow(TypeError);
    expect(() =>
      (catalogue?.modules as Map<string, unknown>).delete('security-vault'),
    ).toThrow('cannot be changed');
    expect(Object.isFrozen(web?.releases[0].content)).toBe(true);
  });

  it('has the same version whatever the order of files and keys', () => {
    const a = file(
      'modules:\n  a: { version: 1.0.0, description: A }\n',
      'a.yaml',
    );
    const b = file(
      'modules:\n  b: { description: B, version: 1.0.0 }\n',
      'b.yaml',
    );
    const c = file(
      'modules:\n  b: { version: 1.0.0, description: B }\n',
      'b.yaml',
    );
    const versions = [
      [a, b],
      [b, a],
      [c, a],
    ].map(files => parseDefinitions(files).catalogue?.version);
    expect(new Set(versions).size).toBe(1);
  });

  it('gives a release another hash when a manifest changes, and the same when only its lines move', () => {
    const hashOf = (manifest: string) =>
      parseDefinitions([
        file(withManifests('')),
        file(manifest, 'web/app.yaml'),
      ]).catalogue?.modules.get('web')?.releases[0].hash;
    const first = hashOf(deployment('web'));
    expect(first).toBeDefined();
    expect(hashOf(`# moved\n${deployment('web')}`)).toBe(first);
    expect(hashOf(deployment('web2'))).not.toBe(first);
  });

  it('has the releases of a module highest first', () => {
    const text =
      'modules:\n  a:\n    releases:\n      - version: 1.9.0\n      - version: 1.10.0\n      - version: 2.0.0-rc.1\n';
    const a = parseDefinitions([file(text)]).catalogue?.modules.get('a');
    expect(a?.releases.map(r => r.version)).toEqual([
      '2.0.0-rc.1',
      '1.10.0',
      '1.9.0',
    ]);
  });

  it('takes manifests apart into objects with their conditions', () => {
    const { catalogue, problems } = parseDefinitions([
      file(
        withManifests(
          '        parameters: { properties: { on: { type: boolean } } }\n',
        ),
      ),
      file(
        `when: parameters.on\n${deployment(
          'web',
        )}---\n# nothing\n---\n${deployment('two')}`,
        'web/app.yaml',
      ),
    ]);
    expect(problems).toEqual([]);
    expect(catalogue?.modules.get('web')?.releases[0].content).toMatchObject({
      kind: 'manifests',
      templates: [
        {
          when: 'parameters.on',
          object: { kind: 'Deployment' },
          at: { file: 'web/app.yaml', line: 1, column: 1 },
        },
        { at: { line: 9 } },
      ],
    });
  });

  it('completes parameter schemas so that unknown parameters are refused', () => {
    const { catalogue } = parseDefinitions([
      file(
        'modules:\n  a: { parameters: { properties: { size: { type: string } } } }\n',
      ),
    ]);
    expect(catalogue?.modules.get('a')?.releases[0].parameters).toEqual({
      type: 'object',
      additionalProperties: false,
      properties: { size: { type: 'string' } },
    });
  });

  it('reads a runbook from a file beside the definition', () => {
    const { catalogue } = parseDefinitions([
      file('modules:\n  a: { runbook: ./runbooks/a.md }\n'),
      file('# When it is slow', 'runbooks/a.md'),
    ]);
    expect(catalogue?.modules.get('a')?.runbook).toBe('# When it is slow');
  });

  it('lets files refer only to files of their own source', () => {
    const { problems } = parseDefinitions([
      { ...file(withManifests('')), source: 'one' },
      { ...file(deployment('web'), 'web/app.yaml'), source: 'two' },
      { ...file('modules:\n  b: {}\n', 'b.yaml'), source: 'two' },
    ]);
    expect(problems).toMatchObject([
      { source: 'one', file: 'platform.yaml', rule: 'manifests-missing' },
    ]);
  });
});
