// SPDX-License-Identifier: Apache-2.0
import { simulate } from '../testing/simulate';
import type { Condition } from '../Condition';

const SCENARIO = `
clusterName: test
namespaces:
  - name: shop
    helmReleases:
      - { name: good, chart: web, version: 1.2.3 }
      - { name: bad, chart: web, version: 1.2.3, behaviour: { type: failing, message: timed out } }
      - { name: asleep, chart: web, version: 1.2.3, suspend: true }
    kustomizations:
      - { name: good }
      - { name: bad, behaviour: { type: failing } }
    applications:
      - { name: good, repository: https://git.example.com/apps }
      - { name: bad, repository: https://git.example.com/apps, behaviour: { type: failing, message: no such kind } }
      - { name: manual, repository: https://git.example.com/apps, suspend: true }
`;
const HELM = 'helmreleases.helm.toolkit.fluxcd.io';
const FLUX = 'kustomizations.kustomize.toolkit.fluxcd.io';
const ARGO = 'applications.argoproj.io';

function begin() {
  const sim = simulate(SCENARIO);
  const at = (name: string) => ({ namespace: 'shop', name });
  const status = (resource: string, name: string) =>
    sim.objects.get(resource, at(name))?.status ?? {};
  const conditions = (resource: string, name: string) =>
    (status(resource, name).conditions ?? []) as Condition[];
  const ready = (resource: string, name: string) =>
    conditions(resource, name).find(({ type }) => type === 'Ready');
  return { ...sim, at, status, conditions, ready };
}

describe('a HelmRelease', () => {
  it('is installed, then upgraded, and keeps the history of its revisions', () => {
    const sim = begin();
    expect(sim.ready(HELM, 'good')).toMatchObject({
      status: 'True',
      reason: 'InstallSucceeded',
      message:
        'Helm install succeeded for release shop/good.v1 with chart web@1.2.3',
    });
    expect(sim.conditions(HELM, 'good').map(({ type }) => type)).toContain(
      'Released',
    );
    sim.objects.modify(HELM, sim.at('good'), draft => {
      draft.spec = {
        ...draft.spec,
        chart: { spec: { chart: 'web', version: '2.0.0' } },
      };
    });
    sim.clock.advance(1_000);
    expect(sim.ready(HELM, 'good')).toMatchObject({
      status: 'Unknown',
      reason: 'Progressing',
      message: "Running 'upgrade' action with timeout of 5m0s",
    });
    sim.clock.advance(10_000);
    expect(sim.ready(HELM, 'good')?.reason).toBe('UpgradeSucceeded');
    expect(sim.status(HELM, 'good')).toMatchObject({
      observedGeneration: 2,
      history: [
        { version: 2, status: 'deployed', chartVersion: '2.0.0' },
        { version: 1, status: 'superseded', chartVersion: '1.2.3' },
      ],
    });
  });

  it('fails as the scenario says, stalls, and recovers when that is over', () => {
    const sim = begin();
    expect(sim.ready(HELM, 'bad')).toMatchObject({
      status: 'False',
      reason: 'InstallFailed',
      message: expect.stringMatching(/: timed out$/),
    });
    expect(sim.conditions(HELM, 'bad').map(({ type }) => type)).toContain(
      'Stalled',
    );
    expect(
      sim.life.setBehaviour(HELM, sim.at('bad'), { type: 'healthy' }),
    ).toBe(true);
    sim.clock.advance(10_000);
    expect(sim.ready(HELM, 'bad')?.status).toBe('True');
    expect(sim.conditions(HELM, 'bad').map(({ type }) => type)).not.toContain(
      'Stalled',
    );
  });

  it('is left alone while suspended, and answers who asks for it', () => {
    const sim = begin();
    expect(sim.status(HELM, 'asleep')).toEqual({});
    const asked = { 'reconcile.fluxcd.io/requestedAt': 'now' };
    sim.objects.modify(HELM, sim.at('good'), draft => {
      draft.metadata.annotations = asked;
    });
    sim.clock.advance(10_000);
    expect(sim.status(HELM, 'good').lastHandledReconcileAt).toBe('now');
  });
});

it('a Kustomization is applied and healthy, or says what failed', () => {
  const sim = begin();
  expect(sim.ready(FLUX, 'good')).toMatchObject({
    status: 'True',
    reason: 'ReconciliationSucceeded',
    message: expect.stringMatching(
      /^Applied revision: main@sha1:[0-9a-f]{40}$/,
    ),
  });
  expect(sim.status(FLUX, 'good').lastAppliedRevision).toBeDefined();
  expect(sim.ready(FLUX, 'bad')).toMatchObject({
    status: 'False',
    reason: 'HealthCheckFailed',
  });
  expect(sim.status(FLUX, 'bad').lastAppliedRevision).toBeUndefined();
});

it('an Application is synced and healthy, degraded, or out of sync until somebody syncs it', () => {
  const sim = begin();
  expect(sim.status(ARGO, 'good')).toMatchObject({
    sync: { status: 'Synced' },
    health: { status: 'Healthy' },
    operationState: { phase: 'Succeeded' },
    history: [{ id: 0 }],
  });
  expect(sim.status(ARGO, 'bad')).toMatchObject({
    sync: { status: 'OutOfSync' },
    health: { status: 'Degraded', message: 'no such kind' },
    operationState: { phase: 'Failed' },
  });
  expect(sim.status(ARGO, 'manual')).toMatchObject({
    sync: { status: 'OutOfSync' },
    health: { status: 'Missing' },
  });
  sim.objects.modify(ARGO, sim.at('manual'), draft => {
    draft.operation = { sync: {} };
  });
  sim.clock.advance(10_000);
  expect(sim.status(ARGO, 'manual')).toMatchObject({
    sync: { status: 'Synced' },
    health: { status: 'Healthy' },
  });
  expect(sim.life.errors.list()).toEqual([]);
});
