// SPDX-License-Identifier: Apache-2.0
import { setTimeout as delay } from 'node:timers/promises';
import type { KubernetesCredential } from '@backstage/plugin-kubernetes-node';
import { watchedKindNames } from '../../../../plugins/tenants-backend/src/informers/watchedKinds';
import { resourceOf } from '../bench/cacheDivergences';
import { namespaceOf } from '../bench/tenantObjects';
import type { FaultBench } from '../FaultBench';
import type { FaultCase, FaultOutcome } from '../FaultCase';
import { exactly, onBench, pods, type Provoked } from './onBench';

const deployments = { resource: 'deployments.apps' } as const;
const hidden = 'shop-confidential';

async function throttle(bench: FaultBench): Promise<Provoked> {
  const windowMs = 6_000;
  const { faults } = bench.cluster.sim;
  const fault = faults.arm({
    kind: 'httpStatus',
    status: 429,
    retryAfterSeconds: 2,
    times: 100,
    match: pods,
  });
  const relists = bench.lists('pods');
  const before = bench.cluster.asked('pods');
  faults.arm({ kind: 'watchReset', match: pods });
  bench.cluster.churn(1);
  await bench.until('the first 429', () => fault.injected > 0);
  const first = bench.cluster.asked('pods') - before;
  await delay(windowMs);
  const asked = bench.cluster.asked('pods') - before - first;
  await fault.clear();
  await bench.settle();
  return {
    injected: fault.injected,
    counts: {
      'requests in the 6 s after a 429': { is: asked, atMost: 3 },
      relists: exactly(bench.lists('pods') - relists, 0),
    },
  };
}

/** Requests per kind so far. */
function askedByKind(bench: FaultBench): ReadonlyMap<string, number> {
  return new Map(
    watchedKindNames.map(kind => {
      const resource = resourceOf(kind);
      return [resource, bench.cluster.asked(resource)];
    }),
  );
}

function mostAskedSince(
  bench: FaultBench,
  before: ReadonlyMap<string, number>,
): number {
  const now = askedByKind(bench);
  return Math.max(...[...now].map(([r, n]) => n - (before.get(r) ?? 0)));
}

/** Half a minute of one status. Returns how often it was given, and when the data became stale. */
async function refuseAll(bench: FaultBench, status: number) {
  const { faults } = bench.cluster.sim;
  const fault = faults.arm({ kind: 'httpStatus', status, times: 100_000 });
  faults.arm({ kind: 'watchReset', times: 100 });
  bench.cluster.churn(status);
  const end = bench.clock.now() + 30_000;
  let staleAt = Infinity;
  const stop = bench.portal.clusters.onChange(() => {
    if (bench.view().freshness !== 'stale') return;
    staleAt = Math.min(staleAt, bench.clock.now());
  });
  await bench.until('half a minute', () => bench.clock.now() >= end);
  stop();
  await fault.clear();
  return { injected: fault.injected, staleAt };
}

async function burst(bench: FaultBench): Promise<Provoked> {
  const before = askedByKind(bench);
  const start = bench.clock.now();
  const first = await refuseAll(bench, 500);
  const second = await refuseAll(bench, 503);
  const retries = mostAskedSince(bench, before);
  await bench.cluster.sim.faults.clearAll();
  await bench.settle();
  const staleAfter = Math.round((first.staleAt - start) / 1000);
  return {
    injected: first.injected + second.injected,
    counts: {
      'requests per kind in 60 s': { is: retries, atMost: 9 },
      'seconds to the stale flag': { is: staleAfter, atMost: 11 },
    },
  };
}

function hiddenIsTold(bench: FaultBench): number {
  return bench.viewers.filter(({ push }) =>
    JSON.stringify(push.value('one')?.value ?? '').includes(hidden),
  ).length;
}

function stateOf(bench: FaultBench, kind: string): string | undefined {
  return bench.view().status.kinds.find(k => k.kind === kind)?.state;
}

function createHidden(bench: FaultBench): void {
  const labels = { app: 'x' };
  bench.cluster.sim.objects.create('deployments.apps', {
    apiVersion: 'apps/v1',
    kind: 'Deployment',
    metadata: { name: hidden, namespace: namespaceOf('shop') },
    spec: {
      replicas: 0,
      selector: { matchLabels: labels },
      template: {
        metadata: { labels },
        spec: { containers: [{ name: 'c', image: 'registry.example/c:1' }] },
      },
    },
  });
}

async function loseRight(bench: FaultBench): Promise<Provoked> {
  createHidden(bench);
  await bench.settle();
  const told = hiddenIsTold(bench);
  const { faults } = bench.cluster.sim;
  const before = bench.cluster.asked(deployments.resource);
  const start = bench.clock.now();
  const fault = faults.arm({ kind: 'forbid', match: deployments });
  faults.arm({ kind: 'watchCut', match: deployments });
  const { listers } = bench.view();
  await bench.until(
    'the kind is dropped',
    () => listers.deployments.size === 0,
  );
  const droppedAfter = Math.round((bench.clock.now() - start) / 1000);
  bench.cluster.churn(1);
  await bench.settle(['deployments']);
  const isForbidden = stateOf(bench, 'Deployment') === 'forbidden';
  const leaks = hiddenIsTold(bench);
  const end = start + 60_000;
  await bench.until('a minute', () => bench.clock.now() >= end);
  const asked = bench.cluster.asked(deployments.resource) - before;
  await fault.clear();
  await bench.settle();
  return {
    injected: fault.injected,
    counts: {
      leaks: { is: leaks, atMost: 0 },
      'told before and after': exactly(told + hiddenIsTold(bench), 2),
      'marked forbidden': exactly(Number(isForbidden), 1),
      'seconds until dropped': { is: droppedAfter, atMost: 15 },
      'requests in the first minute': { is: asked, atMost: 3 },
    },
  };
}

async function rotateToken(seed: number): Promise<FaultOutcome> {
  const users = ['portal-old', 'portal-new'] as const;
  const tokens = users.map(
    user => ({ token: `token-of-${user}`, user, access: 'read' } as const),
  );
  let refused = () => 0;
  const credential = (): KubernetesCredential => ({
    type: 'bearer token',
    // The file is replaced when the old token has just stopped working: whoever asked before has the old one.
    token: `token-of-${users[refused() > 0 ? 1 : 0]}`,
  });
  return await onBench({ seed, tokens, credential }, async bench => {
    const { faults } = bench.cluster.sim;
    const relists = bench.lists('pods');
    const match = { user: users[0] };
    const fault = faults.arm({ kind: 'unauthorized', match });
    refused = () => fault.injected;
    const connections = bench.view().status.kinds.length;
    faults.arm({ kind: 'watchReset', times: connections });
    bench.cluster.churn(1);
    await bench.settle();
    return {
      injected: fault.injected,
      counts: {
        '401s': { is: fault.injected, atMost: connections },
        relists: exactly(bench.lists('pods') - relists, 0),
      },
    };
  });
}

const releases = 'helmreleases.helm.toolkit.fluxcd.io';
const definitions = 'customresourcedefinitions.apiextensions.k8s.io';

function define(bench: FaultBench, version: string): void {
  const schema = {
    openAPIV3Schema: {
      type: 'object',
      'x-kubernetes-preserve-unknown-fields': true,
    },
  };
  bench.cluster.sim.objects.create(definitions, {
    apiVersion: 'apiextensions.k8s.io/v1',
    kind: 'CustomResourceDefinition',
    metadata: { name: releases },
    spec: {
      group: 'helm.toolkit.fluxcd.io',
      names: { kind: 'HelmRelease', plural: 'helmreleases' },
      scope: 'Namespaced',
      versions: [{ name: version, served: true, storage: true, schema }],
    },
  });
}

function release(bench: FaultBench, version: string): void {
  bench.cluster.sim.objects.create(releases, {
    apiVersion: `helm.toolkit.fluxcd.io/${version}`,
    kind: 'HelmRelease',
    metadata: { name: 'shop-release', namespace: namespaceOf('shop') },
    spec: {},
  });
}

/** Once the product has begun to look, removes the definition; then brings it back in a version that the product does not know. */
async function removeDefinition(bench: FaultBench): Promise<Provoked> {
  const { listers } = bench.view();
  const { objects, faults } = bench.cluster.sim;
  define(bench, 'v2');
  release(bench, 'v2');
  await bench.until('the kind is seen', () => listers.helmreleases.size === 1);
  await bench.settle();
  const asked = bench.cluster.wire.countRequests('/helmreleases?');
  objects.delete(definitions, { name: releases });
  faults.arm({ kind: 'watchCut', match: { resource: releases } });
  await bench.until('it is gone', () => listers.helmreleases.size === 0);
  define(bench, 'v9');
  release(bench, 'v9');
  const end = bench.clock.now() + 180_000;
  await bench.until('three minutes', () => bench.clock.now() >= end);
  const perMinute = Number((asked() / 3).toFixed(2));
  const isNotServed = stateOf(bench, 'HelmRelease') === 'notServed';
  objects.delete(definitions, { name: releases });
  define(bench, 'v2');
  release(bench, 'v2');
  await bench.until('it is back', () => listers.helmreleases.size === 1);
  return {
    injected: 2,
    counts: {
      'requests a minute': { is: perMinute, atMost: 2, atLeast: 0.5 },
      'marked not served': exactly(Number(isNotServed), 1),
    },
  };
}

/** The server answers, but not with what was asked for. */
export const refusalCases: readonly FaultCase[] = [
  {
    id: 'A3',
    title: '429 with Retry-After',
    how: 'The watch of pods is reset and for 6 s each request for pods is answered with 429 and Retry-After: 2.',
    expected: 'The wait that was asked for is kept, with jitter; no relist.',
    seed: 3,
    run: seed => onBench({ seed }, throttle),
  },
  {
    id: 'A4',
    title: '500, then 503, for 60 s',
    how: 'All watches are reset; every request is answered with 500 for 30 s and with 503 for 30 s. The product’s clock runs 3 times as fast.',
    expected:
      'Retries back off, the data is marked stale within 10 s, readers are served throughout.',
    seed: 4,
    run: seed => onBench({ seed, speed: 3 }, burst),
  },
  {
    id: 'A13',
    title: 'the right to one kind is lost',
    how: 'Deployments are answered with 403 from one moment on and their watch ends. The product’s clock runs 20 times as fast.',
    expected:
      'The kind is marked forbidden, its data dropped once confirmed, all others stay live; it comes back with the right.',
    seed: 13,
    run: seed => onBench({ seed, speed: 20 }, loseRight),
  },
  {
    id: 'A14',
    title: 'the token is replaced',
    how: 'The old token is refused, all watches are reset, and the new token is there a moment after the first refusal.',
    expected:
      'Each connection is refused at most once, reads the credential again and goes on from where it was.',
    fast: true,
    seed: 14,
    run: rotateToken,
  },
  {
    id: 'A17',
    title: 'a custom kind is removed, then comes back in another version',
    how: 'The definition of HelmRelease is deleted, created with v9 only, and with v2 again. The product’s clock runs 30 times as fast.',
    expected:
      'The kind is marked not served and asked for slowly; it is shown again when it is served again.',
    seed: 17,
    run: seed => onBench({ seed, speed: 30 }, removeDefinition),
  },
];
