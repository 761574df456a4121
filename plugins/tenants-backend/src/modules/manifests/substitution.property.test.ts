// SPDX-License-Identifier: Apache-2.0
import type {
  JsonObject,
  JsonValue,
} from '@tenantry/backstage-plugin-tenants-node/definitions';
import fc from 'fast-check';
import { isJsonObject } from './jsonValue';
import { renderEnvironment } from './renderEnvironment';
import { substitute } from './substitute';
import { substitutionScope } from './SubstitutionScope';
import {
  deployment,
  plannedModule,
  renderInput,
  template,
} from './testing/renderInput';

/** What somebody would try. */
const HOSTILE = [
  '${{ environment.namespace }}',
  '${{ secrets.x }}',
  '$${{ x }}',
  'a\n---\napiVersion: v1\nkind: Namespace',
  'x: {y: [z]}',
  '&a *a',
  '!!js/function "x"',
  '../../../namespaces/kube-system',
  '..%2f..%2f',
  'kube-system',
  '__proto__',
  'constructor',
  'Namespace',
  'v1',
  'x\u0000y',
  '"}}',
];
const text = fc.oneof(
  fc.constantFrom(...HOSTILE),
  fc.string({ unit: 'binary', maxLength: 40 }),
);
const key = fc.oneof(
  fc.constantFrom(
    'namespace',
    'kind',
    'apiVersion',
    'metadata',
    'name',
    'labels',
    'tenantry.dev/tenant',
    '__proto__',
    '${{ tenant.name }}',
  ),
  fc.string({ maxLength: 10 }),
);
const { value } = fc.letrec<{ value: JsonValue }>(tie => ({
  value: fc.oneof(
    { maxDepth: 4 },
    text,
    fc.integer(),
    fc.boolean(),
    fc.constant(null),
    fc.array(tie('value'), { maxLength: 4 }),
    fc.dictionary(key, tie('value'), { maxKeys: 4 }),
  ),
}));

/** Every place of an object a value could get to, filled with the parameter `x`. */
const X = '${{ parameters.x }}';
const TEMPLATES: readonly JsonObject[] = [
  { ...deployment(), metadata: { name: X } },
  { ...deployment(), metadata: { name: `web-${X}` } },
  { ...deployment(), metadata: X },
  { ...deployment(), metadata: { name: 'web', labels: X, annotations: X } },
  { ...deployment(), metadata: { name: 'web', namespace: X } },
  { ...deployment(), kind: X },
  { ...deployment(), apiVersion: X },
  { ...deployment(), spec: X },
  deployment({ pod: { volumes: X, hostNetwork: X, nodeName: X } }),
  deployment({ container: { env: [{ name: 'A', value: X }], args: X } }),
  {
    apiVersion: 'rbac.authorization.k8s.io/v1',
    kind: 'RoleBinding',
    metadata: { name: 'web' },
    roleRef: X,
    subjects: X,
  },
  {
    apiVersion: 'v1',
    kind: 'ConfigMap',
    metadata: { name: 'web' },
    data: { a: X, b: `x ${X} y` },
  },
  {
    apiVersion: 'v1',
    kind: 'ConfigMap',
    metadata: { name: 'web' },
    [X]: 'a',
    status: X,
  },
];
const KINDS = TEMPLATES.map(({ kind }) => kind);

function render(object: JsonObject, x: JsonValue) {
  const module = plannedModule({
    templates: [template(object)],
    parameters: { x },
    release: { parameters: { type: 'object', properties: { x: {} } } },
  });
  const { objects } = renderEnvironment(renderInput({ modules: [module] }));
  return objects.filter(one => one.module !== undefined);
}

describe('whatever the value of a parameter', () => {
  it('an object keeps the kind of its template, the environment’s namespace and its labels', () => {
    fc.assert(
      fc.property(fc.constantFrom(...TEMPLATES), value, (object, x) => {
        for (const { manifest } of render(object, x)) {
          expect(KINDS).toContain(manifest.kind);
          expect(manifest.kind).toBe(object.kind);
          expect(manifest.apiVersion).toBe(object.apiVersion);
          expect(manifest.metadata.namespace).toBe('acme-prod');
          expect(manifest.metadata.labels).toMatchObject({
            'tenantry.dev/tenant': 'acme',
            'tenantry.dev/module': 'web',
            'applyset.kubernetes.io/part-of': 'applyset-abc-v1',
          });
          expect(manifest.metadata.name).toMatch(
            /^[a-z0-9]([-a-z0-9]*[a-z0-9])?(\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*$/,
          );
          expect(Object.keys(manifest.metadata).sort()).toEqual(
            Object.keys(manifest.metadata)
              .filter(name =>
                ['annotations', 'labels', 'name', 'namespace'].includes(name),
              )
              .sort(),
          );
        }
      }),
      { numRuns: 1_500 },
    );
  });

  it('the value stands in the object as it is, never read again', () => {
    fc.assert(
      fc.property(text, x => {
        const module = plannedModule({ parameters: { x } });
        const scope = substitutionScope(renderInput(), module);
        const { value: put, problems } = substitute(
          { whole: X, part: `<${X}>` },
          scope,
        );
        expect(problems).toEqual([]);
        expect(put).toEqual({ whole: x, part: `<${x}>` });
      }),
      { numRuns: 500 },
    );
  });

  it('no object of JavaScript’s own is changed or reached', () => {
    const before = Object.getOwnPropertyNames(Object.prototype);
    fc.assert(
      fc.property(fc.constantFrom(...TEMPLATES), value, (object, x) => {
        const parameters: JsonValue = JSON.parse(
          JSON.stringify({ x }).replaceAll('namespace', '__proto__'),
        );
        const inner = isJsonObject(parameters) ? parameters.x : null;
        const made = JSON.stringify(render(object, inner));
        expect(made).not.toContain('"__proto__":');
        expect(Object.getOwnPropertyNames(Object.prototype)).toEqual(before);
      }),
      { numRuns: 500 },
    );
  });
});

describe('whatever a definition says', () => {
  it('rendering ends without an error, and objects lie in the environment’s namespace', () => {
    const object = fc.dictionary(key, value, { maxKeys: 5 });
    const fields = fc.record(
      {
        apiVersion: fc.constantFrom('v1', 'apps/v1', 'batch/v1'),
        kind: fc.constantFrom('ConfigMap', 'Deployment', 'CronJob', 'Service'),
        metadata: value,
        spec: value,
        data: value,
      },
      { requiredKeys: [] },
    );
    fc.assert(
      fc.property(object, fields, value, (extra, known, x) => {
        const made = render({ ...extra, ...known }, x);
        for (const { manifest } of made) {
          expect(manifest.metadata.namespace).toBe('acme-prod');
        }
      }),
      { numRuns: 1_500 },
    );
  });
});
