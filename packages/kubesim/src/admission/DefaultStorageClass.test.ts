// SPDX-License-Identifier: Apache-2.0
import type { Kubesim } from '../Kubesim';
import { startKubesim } from '../startKubesim';

const CLAIMS = 'persistentvolumeclaims';
const STANDARD = { 'storageclass.kubernetes.io/is-default-class': 'true' };

let sim: Kubesim;
beforeEach(async () => {
  sim = await startKubesim();
});
afterEach(() => sim.stop());

function addClass(name: string, annotations?: Record<string, string>) {
  sim.objects.create('storageclasses.storage.k8s.io', {
    apiVersion: 'storage.k8s.io/v1',
    kind: 'StorageClass',
    metadata: { name, annotations },
    provisioner: 'example.com/disk',
  });
}

function claimOf(name: string, storageClassName?: string) {
  return sim.objects.create(CLAIMS, {
    apiVersion: 'v1',
    kind: 'PersistentVolumeClaim',
    metadata: { namespace: 'default', name },
    spec: {
      accessModes: ['ReadWriteOnce'],
      resources: { requests: { storage: '1Gi' } },
      storageClassName,
    },
  }).spec?.storageClassName;
}

it('a claim that names no class gets the default one', () => {
  addClass('slow');
  expect(claimOf('a')).toBeUndefined();
  addClass('fast', STANDARD);
  expect(claimOf('b')).toBe('fast');
  expect(claimOf('c', 'slow')).toBe('slow');
  expect(claimOf('d', '')).toBe('');
});

it('a claim may be given a class later, once', () => {
  claimOf('a');
  const where = { namespace: 'default', name: 'a' };
  const name = (storageClassName: string) =>
    sim.objects.modify(CLAIMS, where, draft => {
      draft.spec = { ...draft.spec, storageClassName };
    });
  name('fast');
  expect(() => name('slow')).toThrow('spec is immutable after creation');
});
