// SPDX-License-Identifier: Apache-2.0
import {
  controlledBy,
  createFakeClusterView,
  cronJobObject,
  deploymentObject,
  jobObject,
  podObject,
  replicaSetObject,
  type FakeObjects,
} from '../informers/testing';
import { moduleOf, OTHER_MODULE, releaseOf } from './moduleOf';
import { ownerChain, topOwner } from './ownerChain';
import { tenancyPreset } from './presets';

const listersOf = (objects: FakeObjects) =>
  createFakeClusterView({ objects }).listers;
const web = deploymentObject({ name: 'web' });
const set = replicaSetObject({ name: 'web-1', controller: controlledBy(web) });
const pod = podObject({ name: 'web-1-a', controller: controlledBy(set) });

describe('ownerChain', () => {
  it('walks from a pod over its ReplicaSet to the Deployment', () => {
    const listers = listersOf({ deployments: [web], replicasets: [set] });
    expect(ownerChain(pod, listers).map(o => `${o.kind}/${o.name}`)).toEqual([
      'ReplicaSet/web-1',
      'Deployment/web',
    ]);
    expect(topOwner(pod, listers).object).toBe(web);
  });

  it('walks from a pod over its Job to the CronJob', () => {
    const schedule = cronJobObject({ name: 'tick' });
    const job = jobObject({
      name: 'tick-1',
      controller: controlledBy(schedule),
    });
    const listers = listersOf({ jobs: [job], cronjobs: [schedule] });
    expect(
      topOwner(podObject({ controller: controlledBy(job) }), listers).object,
    ).toBe(schedule);
  });

  it('does not take a new object of the same name for the owner', () => {
    const listers = listersOf({
      deployments: [{ ...web, uid: 'another' }],
      replicasets: [set],
    });
    expect(topOwner(pod, listers)).toEqual({
      kind: 'Deployment',
      name: 'web',
      uid: web.uid,
    });
  });

  it('knows an owner whose kind is not watched by its reference', () => {
    const controller = { kind: 'Rollout', name: 'web', uid: 'r1' };
    const listers = listersOf({ replicasets: [{ ...set, controller }] });
    expect(topOwner(pod, listers)).toEqual(controller);
  });

  it('keeps a job that something unknown runs as the workload', () => {
    const job = jobObject({
      name: 'train',
      controller: { kind: 'JobSet', name: 'train', uid: 's1' },
    });
    const listers = listersOf({ jobs: [job] });
    expect(
      topOwner(podObject({ controller: controlledBy(job) }), listers).object,
    ).toBe(job);
    expect(topOwner(job, listers).object).toBe(job);
  });

  it('keeps a Deployment that something unknown made as the workload', () => {
    const controller = { kind: 'Database', name: 'db', uid: 'd1' };
    const made = { ...web, controller };
    const listers = listersOf({ deployments: [made], replicasets: [set] });
    expect(topOwner(pod, listers).object).toBe(made);
    expect(topOwner(made, listers).object).toBe(made);
  });

  it('is the pod itself when nothing controls it', () => {
    const bare = podObject({ name: 'debug' });
    expect(topOwner(bare, listersOf({})).object).toBe(bare);
  });

  it('ends where owners run in a circle', () => {
    const a = replicaSetObject({ name: 'a' });
    const b = replicaSetObject({ name: 'b', controller: controlledBy(a) });
    const listers = listersOf({
      replicasets: [{ ...a, controller: controlledBy(b) }, b],
    });
    expect(ownerChain(b, listers).length).toBeLessThan(10);
  });

  it('does not look up an owner whose kind is a word of the language', () => {
    const strange = podObject({
      controller: { kind: 'constructor', name: 'x', uid: 'x' },
    });
    expect(topOwner(strange, listersOf({})).kind).toBe('constructor');
  });
});

describe('moduleOf', () => {
  const labels = tenancyPreset('tenantry');

  it('asks our label, then part-of, then instance', () => {
    const all = {
      'tenantry.dev/module': 'a',
      'app.kubernetes.io/part-of': 'b',
      'app.kubernetes.io/instance': 'c',
    };
    expect(moduleOf([all], labels)).toBe('a');
    expect(moduleOf([{ ...all, 'tenantry.dev/module': '' }], labels)).toBe('b');
    expect(moduleOf([{ 'app.kubernetes.io/instance': 'c' }], labels)).toBe('c');
    expect(moduleOf([{ app: 'x' }], labels)).toBe(OTHER_MODULE);
  });

  it('prefers what a workload says over what its pods say', () => {
    expect(
      moduleOf(
        [
          { 'app.kubernetes.io/instance': 'mine' },
          { 'tenantry.dev/module': 'pods' },
        ],
        labels,
      ),
    ).toBe('mine');
    expect(moduleOf([{}, { 'tenantry.dev/module': 'pods' }], labels)).toBe(
      'pods',
    );
  });

  it('reads the labels of spanda in its order', () => {
    const spanda = tenancyPreset('spanda');
    expect(
      moduleOf(
        [{ spandaModule: 'old', 'app.kubernetes.io/instance': 'x' }],
        spanda,
      ),
    ).toBe('old');
    expect(
      moduleOf([{ 'spanda.ai/module': 'new', spandaModule: 'old' }], spanda),
    ).toBe('new');
  });
});

describe('releaseOf', () => {
  const labels = tenancyPreset('tenantry');

  it('is what the workloads agree on, our label before the version of the software', () => {
    const version = { 'app.kubernetes.io/version': '7.0' };
    expect(
      releaseOf(
        [{ ...version, 'tenantry.dev/release': '1.2.0' }, version],
        labels,
      ),
    ).toBe('1.2.0');
    expect(releaseOf([version, {}], labels)).toBe('7.0');
  });

  it('is not known when they differ or say nothing', () => {
    expect(
      releaseOf(
        [{ 'tenantry.dev/release': '1' }, { 'tenantry.dev/release': '2' }],
        labels,
      ),
    ).toBeUndefined();
    expect(releaseOf([{}], labels)).toBeUndefined();
  });
});
