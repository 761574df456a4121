// SPDX-License-Identifier: Apache-2.0
import { lazyDraft, settled } from './lazyDraft';
import type { KubeObject } from './Objects';
import { sharedCopy } from './sharedCopy';

const stored = sharedCopy<KubeObject>(
  {
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: {
      name: 'a',
      uid: 'u',
      resourceVersion: '1',
      creationTimestamp: '',
      labels: { app: 'web' },
    },
    spec: { containers: [{ name: 'main' }] },
    status: { phase: 'Running' },
  },
  undefined,
);

describe('lazyDraft', () => {
  it('takes changes deep inside without touching the stored object', () => {
    const draft = lazyDraft(stored);
    (draft.metadata.labels ??= {}).tier = 'front';
    draft.status = { phase: 'Failed' };
    expect(settled(draft, stored)).toEqual({
      ...stored,
      metadata: { ...stored.metadata, labels: { app: 'web', tier: 'front' } },
      status: { phase: 'Failed' },
    });
    expect(stored.metadata.labels).toEqual({ app: 'web' });
  });

  it('keeps the stored part where nobody looked', () => {
    const draft = lazyDraft(stored);
    draft.status = {};
    expect(settled(draft, stored).spec).toBe(stored.spec);
    expect({ ...draft }.spec).toEqual(stored.spec);
  });

  it('knows a part that was taken away and one that was added', () => {
    const draft = lazyDraft(stored);
    delete draft.status;
    draft.data = { a: '1' };
    expect(Object.keys(settled(draft, stored)).sort()).toEqual([
      'apiVersion',
      'data',
      'kind',
      'metadata',
      'spec',
    ]);
  });
});
