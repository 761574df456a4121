// SPDX-License-Identifier: Apache-2.0
import fc from 'fast-check';
import type { PodObject } from './objects';
import { Store } from './Store';
import { controlledBy, podObject, replicaSetObject } from './testing';

function pod(overrides: Partial<PodObject> & { readonly rv?: number } = {}) {
  const { rv = 1, ...rest } = overrides;
  return podObject({ name: 'web', resourceVersion: String(rv), ...rest });
}

let told: string[];
let store: Store<PodObject>;
beforeEach(() => {
  told = [];
  store = new Store(({ type, object }) =>
    told.push(`${type} ${object.uid}@${object.resourceVersion}`),
  );
});

it('ignores an older version and one it has', () => {
  store.upsert(pod({ uid: 'u', rv: 10, phase: 'Running' }));
  store.upsert(pod({ uid: 'u', rv: 9, phase: 'Pending' }));
  store.upsert(pod({ uid: 'u', rv: 10, phase: 'Running' }));
  expect(told).toEqual(['added u@10']);
  expect(store.get('shop', 'web')?.phase).toBe('Running');
});

it('keeps a version that shows the same, silently', () => {
  store.upsert(pod({ uid: 'u', rv: 1 }));
  store.upsert(pod({ uid: 'u', rv: 2 }));
  expect(told).toEqual(['added u@1']);
  expect(store.get('shop', 'web')?.resourceVersion).toBe('2');
});

it('tells a reused name as deleted, then added', () => {
  store.upsert(pod({ uid: 'old', rv: 1 }));
  store.upsert(pod({ uid: 'new', rv: 5 }));
  expect(told).toEqual(['added old@1', 'deleted old@1', 'added new@5']);
});

it('ignores the replayed past of a reused name', () => {
  store.upsert(pod({ uid: 'new', rv: 5 }));
  store.upsert(pod({ uid: 'old', rv: 1 }));
  store.remove(pod({ uid: 'old', rv: 4 }));
  expect(told).toEqual(['added new@5']);
});

it('does not bring back a deleted object by a replayed event', () => {
  store.upsert(pod({ uid: 'u', rv: 1 }));
  store.remove(pod({ uid: 'u', rv: 2 }));
  store.upsert(pod({ uid: 'u', rv: 1 }));
  expect(store.size).toBe(0);
});

it('swaps the whole state, then tells what changed', () => {
  store.upsert(pod({ uid: 'gone', name: 'gone', rv: 1 }));
  store.upsert(pod({ uid: 'same', name: 'same', rv: 2 }));
  told.length = 0;
  const sizes: number[] = [];
  const watched = new Store<PodObject>(() => sizes.push(watched.size));
  watched.replace([pod({ name: 'a' }), pod({ name: 'b' })]);
  expect(sizes).toEqual([2, 2]);
  store.replace([
    pod({ uid: 'same', name: 'same', rv: 2 }),
    pod({ uid: 'new', name: 'new', rv: 3 }),
  ]);
  expect(told).toEqual(['deleted gone@1', 'added new@3']);
});

it('replaces one namespace and leaves the others', () => {
  store.upsert(pod({ uid: 'other', namespace: 'other' }));
  store.upsert(pod({ uid: 'here' }));
  store.replace([], 'shop');
  expect([...store.list()].map(o => o.uid)).toEqual(['other']);
});

it('finds objects by namespace and by controller', () => {
  const owner = replicaSetObject({ name: 'rs' });
  store.upsert(pod({ name: 'a', controller: controlledBy(owner) }));
  store.upsert(pod({ name: 'b', namespace: 'other' }));
  expect(store.byController(owner.uid).map(o => o.name)).toEqual(['a']);
  expect(store.byNamespace('shop').map(o => o.name)).toEqual(['a']);
  store.remove(pod({ name: 'a', rv: 2 }));
  expect(store.byController(owner.uid)).toEqual([]);
  expect(store.byNamespace('shop')).toEqual([]);
});

it('ends alike for any order and repetition of one history', () => {
  const history = [
    () => store.upsert(pod({ uid: 'a', rv: 1 })),
    () => store.upsert(pod({ uid: 'a', rv: 2, phase: 'Failed' })),
    () => store.remove(pod({ uid: 'a', rv: 3 })),
    () => store.upsert(pod({ uid: 'b', rv: 4 })),
    () => store.upsert(pod({ uid: 'b', rv: 5, phase: 'Failed' })),
  ];
  const all = history.map((_, i) => i);
  fc.assert(
    fc.property(
      fc.shuffledSubarray(all, { minLength: all.length }),
      fc.array(fc.constantFrom(...all), { maxLength: 10 }),
      (order, replayed) => {
        store = new Store(() => undefined);
        for (const i of [...order, ...replayed]) history[i]?.();
        const held = [...store.list()].map(
          o => `${o.uid}@${o.resourceVersion}`,
        );
        expect(held).toEqual(['b@5']);
      },
    ),
  );
});
