// SPDX-License-Identifier: Apache-2.0
import { SPEC_CHECKS } from './specValidation';

function statefulSet(mount: string) {
  return {
    apiVersion: 'apps/v1',
    kind: 'StatefulSet',
    metadata: {
      name: 'db',
      namespace: 'a',
      uid: 'u1',
      resourceVersion: '1',
      creationTimestamp: '2026-01-01T00:00:00Z',
    },
    spec: {
      selector: { matchLabels: { app: 'db' } },
      template: {
        metadata: { labels: { app: 'db' } },
        spec: {
          containers: [
            {
              name: 'db',
              image: 'db:1',
              volumeMounts: [{ name: mount, mountPath: '/data' }],
            },
          ],
        },
      },
      volumeClaimTemplates: [{ metadata: { name: 'data' } }],
    },
  };
}

describe('a StatefulSet', () => {
  const check = SPEC_CHECKS['statefulsets.apps'];

  it('mounts its claims by name', () => {
    expect(check(statefulSet('data'))).toEqual([]);
  });

  it('mounts nothing that is neither a volume nor a claim', () => {
    expect(check(statefulSet('other'))).toEqual([
      expect.objectContaining({
        field: 'spec.template.spec.containers[0].volumeMounts[0].name',
      }),
    ]);
  });
});
