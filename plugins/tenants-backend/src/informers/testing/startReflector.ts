// SPDX-License-Identifier: Apache-2.0
import {
  KubeError,
  type ResourceType,
} from '@tenantry/backstage-plugin-tenants-node';
import { FakeKubeApi } from '@tenantry/backstage-plugin-tenants-node/testing';
import { FakeClock } from '../../time/testing/FakeClock';
import { Interner } from '../Interner';
import { ListGate } from '../ListGate';
import type { PodObject } from '../objects';
import { projectionOf } from '../projections/projectionOf';
import { Reflector, type ReflectorOptions } from '../Reflector';
import { Store } from '../Store';

const pods: ResourceType = {
  group: '',
  version: 'v1',
  resource: 'pods',
  kind: 'Pod',
  namespaced: true,
};

/** Lets everything that is ready run. */
export async function settle(): Promise<void> {
  for (let i = 0; i < 5; i++) {
    await new Promise(resolve => setImmediate(resolve));
  }
}

export function failure(details: Partial<KubeError> = {}): KubeError {
  return new KubeError('failed', {
    cluster: 'fake',
    resource: 'pods',
    reason: 'Unreachable',
    ...details,
  });
}

export type ReflectorRig = {
  readonly api: FakeKubeApi;
  readonly clock: FakeClock;
  readonly store: Store<PodObject>;
  readonly changes: string[];
  readonly told: string[];
  readonly unreadable: Error[];
  readonly stop: () => Promise<void>;
  /** Names and phases in the store. */
  readonly held: () => readonly string[];
  readonly counts: () => { list: number; watch: number };
};

/** A reflector that keeps a store of pods, from a cluster in memory, in a time that tests move. */
export function startReflector(
  api = new FakeKubeApi({ watchList: false }),
  more: Partial<ReflectorOptions<PodObject>> = {},
): ReflectorRig {
  const clock = new FakeClock();
  const changes: string[] = [];
  const told: string[] = [];
  const unreadable: Error[] = [];
  const store = new Store<PodObject>(({ type, object }) =>
    changes.push(`${type} ${object.name} ${object.uid}`),
  );
  const reflector = new Reflector<PodObject>({
    api,
    clock,
    random: () => 0.5,
    listGate: new ListGate(),
    watchList: { usable: true },
    type: pods,
    ...more,
    project: projectionOf('pods', new Interner()),
    sink: {
      get size() {
        return store.size;
      },
      replace: objects => store.replace(objects),
      upsert: object => store.upsert(object),
      remove: object => store.remove(object),
    },
    observer: {
      connected: () => told.push('connected'),
      disconnected: error => told.push(error ? 'failed' : 'ended'),
      heard: () => undefined,
      waiting: () => undefined,
      unreadable: error => unreadable.push(error),
      relisted: () => told.push('relisted'),
    },
  });
  const stopping = new AbortController();
  const running = reflector.run(stopping.signal);
  const count = (verb: string) =>
    api.requests.filter(request => request.verb === verb).length;
  return {
    api,
    clock,
    store,
    changes,
    told,
    unreadable,
    held: () => [...store.list()].map(o => `${o.name} ${o.phase}`).sort(),
    counts: () => ({ list: count('list'), watch: count('watch') }),
    async stop() {
      stopping.abort();
      await running;
    },
  };
}

export function pod(name: string, phase = 'Running', namespace = 'one') {
  return { metadata: { name, namespace }, status: { phase } };
}
