// SPDX-License-Identifier: Apache-2.0
import { KindRegistry } from '../kinds/KindRegistry';
import { isRecord, recordOf } from '../storage/json';
import { openapi } from './openapi';

const kinds = new KindRegistry();

function refsIn(value: unknown): string[] {
  if (Array.isArray(value)) return value.flatMap(refsIn);
  if (!isRecord(value)) return [];
  const own = typeof value.$ref === 'string' ? [value.$ref] : [];
  return [...own, ...Object.values(value).flatMap(refsIn)];
}

describe('openapi', () => {
  it('lists one document per group version, with a hash to cache it by', () => {
    const paths = recordOf(openapi('/openapi/v3', kinds, '/p')?.paths);
    expect(Object.keys(paths)).toEqual(
      expect.arrayContaining(['api/v1', 'apis/apps/v1', 'apis/autoscaling/v1']),
    );
    expect(recordOf(paths['api/v1']).serverRelativeURL).toMatch(
      /^\/p\/openapi\/v3\/api\/v1\?hash=[0-9A-F]{32}$/,
    );
  });

  it('holds every schema that a document refers to', () => {
    const document = openapi('/openapi/v3/apis/apps/v1', kinds);
    const schemas = recordOf(recordOf(document?.components).schemas);
    const refs = new Set(refsIn(document));
    expect(refs.size).toBeGreaterThan(50);
    for (const ref of refs)
      expect(schemas).toHaveProperty([ref.split('/').at(-1) ?? '']);
  });

  it('says by which key the items of a list are merged', () => {
    const document = openapi('/openapi/v2', kinds);
    const pod = recordOf(
      recordOf(document?.definitions)['io.k8s.api.core.v1.PodSpec'],
    );
    expect(recordOf(pod.properties).containers).toMatchObject({
      'x-kubernetes-patch-merge-key': 'name',
      'x-kubernetes-patch-strategy': 'merge',
    });
  });

  it('has no document for what is not served', () => {
    expect(openapi('/openapi/v3/apis/none/v1', kinds)).toBeUndefined();
    expect(openapi('/other', kinds)).toBeUndefined();
  });
});
