// SPDX-License-Identifier: Apache-2.0
import type { KubeManifest } from '@tenantry/backstage-plugin-tenants-node';
import type { JsonObject } from '@tenantry/backstage-plugin-tenants-node/definitions';
import { applied } from '../../testing/applied';
import { diffObjects } from './diffObjects';

const PART_OF = 'applyset.kubernetes.io/part-of';

function manifest(kind: string, rest: JsonObject = {}, name = 'web') {
  const apiVersion = {
    Deployment: 'apps/v1',
    StatefulSet: 'apps/v1',
    NetworkPolicy: 'networking.k8s.io/v1',
    RoleBinding: 'rbac.authorization.k8s.io/v1',
  }[kind];
  return JSON.parse(
    JSON.stringify({
      apiVersion: apiVersion ?? 'v1',
      kind,
      metadata: {
        name,
        namespace: 'shop-dev',
        labels: { [PART_OF]: 'set-1', 'tenantry.dev/module': 'web' },
      },
      ...rest,
    }),
  ) as KubeManifest;
}

/** To be changed as one likes. */
function copy(object: object) {
  return JSON.parse(JSON.stringify(object));
}

function deployment(image: string, more: JsonObject = {}) {
  return manifest('Deployment', {
    spec: {
      replicas: 2,
      selector: { matchLabels: { app: 'web' } },
      template: {
        metadata: { labels: { app: 'web' } },
        spec: {
          containers: [
            {
              name: 'web',
              image,
              ports: [{ containerPort: 8080 }],
              resources: { limits: { cpu: '1', memory: '1Gi' } },
              ...more,
            },
          ],
        },
      },
    },
  });
}

function diff(rendered: readonly KubeManifest[], live: readonly JsonObject[]) {
  return diffObjects({
    environment: 'dev',
    rendered: rendered.map(one => ({ manifest: one, module: 'web', wave: 0 })),
    live,
    applySetId: 'set-1',
    moduleLabel: 'tenantry.dev/module',
  });
}

describe('diffObjects', () => {
  it('finds nothing to do when what was applied is what is rendered', () => {
    const web = deployment('web:1');
    const { entries, notes } = diff([web], [applied(web)]);
    expect(entries).toEqual([
      {
        action: 'unchanged',
        apiVersion: 'apps/v1',
        kind: 'Deployment',
        namespace: 'shop-dev',
        name: 'web',
        module: 'web',
        fields: [],
      },
    ]);
    expect(notes).toEqual([]);
  });

  it('does not count what the server fills in or others add', () => {
    const web = deployment('web:1');
    const live = copy(applied(web));
    live.spec.progressDeadlineSeconds = 600;
    live.spec.template.spec.containers[0].imagePullPolicy = 'Always';
    live.spec.template.spec.containers[0].ports[0].protocol = 'TCP';
    live.spec.template.spec.containers.unshift({ name: 'mesh', image: 'mesh' });
    live.status = { replicas: 2 };
    expect(diff([web], [live]).entries[0].action).toBe('unchanged');
  });

  it('takes amounts and ports that mean the same for the same, and text as it is written', () => {
    const web = deployment('web:1', {
      resources: { limits: { cpu: '1000m', memory: '1024Mi' } },
    });
    expect(diff([web], [applied(deployment('web:1'))]).entries[0].action).toBe(
      'unchanged',
    );
    const text = (data: string) =>
      manifest('ConfigMap', { data: { cpu: data } });
    expect(
      diff([text('1000m')], [applied(text('1'))]).entries[0].fields,
    ).toEqual([{ path: 'data.cpu', from: '"1"', to: '"1000m"' }]);
  });

  it('tells each field that changes, and that pods are replaced', () => {
    const { entries, notes } = diff(
      [deployment('web:2')],
      [applied(deployment('web:1'))],
    );
    expect(entries[0]).toMatchObject({
      action: 'configured',
      fields: [
        {
          path: 'spec.template.spec.containers[web].image',
          from: '"web:1"',
          to: '"web:2"',
        },
      ],
    });
    expect(notes).toEqual([
      {
        environment: 'dev',
        subject: 'Deployment/web',
        kind: 'restart',
        message:
          'The pods of Deployment web are replaced, because spec.template.spec.containers[web].image changes.',
      },
    ]);
  });

  it('tells fields that we set before and no longer render, but not those others set too', () => {
    const before = manifest('ConfigMap', { data: { a: '1', b: '2', c: '3' } });
    const live = copy(applied(before));
    live.metadata.managedFields.push({
      manager: 'kubectl-edit',
      operation: 'Update',
      fieldsV1: { 'f:data': { 'f:c': {} } },
    });
    const after = manifest('ConfigMap', { data: { a: '1' } });
    expect(diff([after], [live]).entries[0].fields).toEqual([
      { path: 'data.b', from: '"2"' },
    ]);
  });

  it('names who else has set a field that changes', () => {
    const live = copy(applied(deployment('web:1')));
    live.spec.replicas = 5;
    live.metadata.managedFields.push({
      manager: 'kubectl-scale',
      operation: 'Update',
      fieldsV1: { 'f:spec': { 'f:replicas': {} } },
    });
    expect(diff([deployment('web:1')], [live]).entries[0]).toMatchObject({
      fields: [{ path: 'spec.replicas', from: '5', to: '2' }],
      reason: 'kubectl-scale has set spec.replicas too and may set it back.',
    });
  });

  it('shows of a Secret only that something is set or changed', () => {
    const secret = (data: JsonObject) => manifest('Secret', { data });
    const { entries } = diff(
      [secret({ a: 'bmV3', b: 'c2VjcmV0' })],
      [applied(secret({ a: 'b2xk', c: 'Z29uZQ==' }))],
    );
    expect(entries[0].fields).toEqual([
      { path: 'data.a', from: '<set>', to: '<changed>' },
      { path: 'data.b', to: '<set>' },
      { path: 'data.c', from: '<set>' },
    ]);
  });

  it('deletes what it applied and no longer renders, and keeps what holds data', () => {
    const gone = ['Service', 'PersistentVolumeClaim', 'Secret', 'Namespace'];
    const { entries, notes } = diff(
      [],
      gone.map(kind => applied(manifest(kind))),
    );
    expect(
      entries.map(({ kind, action, reason }) => [kind, action, reason]),
    ).toEqual([
      ['Namespace', 'skipped', 'data-kept'],
      ['PersistentVolumeClaim', 'skipped', 'data-kept'],
      ['Secret', 'skipped', 'data-kept'],
      ['Service', 'deleted', undefined],
    ]);
    expect(notes.map(({ kind }) => kind)).toEqual([
      'data-kept',
      'data-kept',
      'data-kept',
    ]);
  });

  it('never deletes what others made or what belongs to another set', () => {
    const foreign = copy(applied(manifest('Service')));
    foreign.metadata.managedFields[0].manager = 'kubectl';
    const other = copy(applied(manifest('Service', {}, 'api')));
    other.metadata.labels[PART_OF] = 'set-2';
    const { entries } = diff([], [foreign, other]);
    expect(entries).toHaveLength(1);
    expect(entries[0]).toMatchObject({ action: 'skipped', name: 'web' });
  });

  it('says which fields force an object to be made again', () => {
    const before = deployment('web:1');
    const after = copy(before);
    after.spec.selector.matchLabels.app = 'shop';
    expect(diff([after], [applied(before)]).notes).toContainEqual({
      environment: 'dev',
      subject: 'Deployment/web',
      kind: 'immutable-field',
      message:
        'spec.selector.matchLabels.app of Deployment web cannot be changed in place: it is deleted and created again.',
    });
  });

  it('says that a stateful set gets new volumes', () => {
    const set = (size: string) =>
      manifest('StatefulSet', {
        spec: {
          volumeClaimTemplates: [
            {
              metadata: { name: 'data' },
              spec: { resources: { requests: { storage: size } } },
            },
          ],
        },
      });
    expect(
      diff([set('2Gi')], [applied(set('1Gi'))]).notes.map(({ kind }) => kind),
    ).toEqual(['immutable-field', 'volume-replaced']);
  });

  it('lets a volume grow and refuses to shrink or replace it', () => {
    const claim = (storage: string) =>
      manifest('PersistentVolumeClaim', {
        spec: { resources: { requests: { storage } } },
      });
    expect(diff([claim('2Gi')], [applied(claim('1Gi'))]).refusals).toEqual([]);
    expect(
      diff([claim('1Gi')], [applied(claim('2Gi'))]).refusals[0],
    ).toMatchObject({
      rule: 'manifest',
      subject: 'PersistentVolumeClaim/web',
    });
  });

  it('says when an object goes to another module', () => {
    const before = manifest('Service');
    const after = copy(before);
    after.metadata.labels['tenantry.dev/module'] = 'api';
    expect(diff([after], [applied(before)]).notes[0]).toMatchObject({
      kind: 'scope-change',
      message: 'Service web goes from the module web to api.',
    });
  });

  it('replaces lists without keys as a whole', () => {
    const policy = (...names: string[]) =>
      manifest('NetworkPolicy', {
        spec: {
          ingress: [{ ports: names.map(port => ({ port, protocol: 'TCP' })) }],
        },
      });
    expect(
      diff([policy('a')], [applied(policy('a', 'b'))]).entries[0].fields,
    ).toEqual([
      {
        path: 'spec.ingress',
        from: '[{"ports":[{"port":"a","protocol":"TCP"},{"port":"b","protocol":"TCP"}]}]',
        to: '[{"ports":[{"port":"a","protocol":"TCP"}]}]',
      },
    ]);
  });
});
