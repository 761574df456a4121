// SPDX-License-Identifier: Apache-2.0
import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { NamespaceDefaults } from '../access/bootstrap/NamespaceDefaults';
import { admissionChain } from '../admission/admissionChain';
import { KindRegistry } from '../kinds/KindRegistry';
import { asPod } from '../kubelet/Pod';
import { ClusterObjects } from '../storage/ClusterObjects';
import { ObjectStore } from '../storage/ObjectStore';
import { createRandom } from '../time/createRandom';
import { createVirtualClock } from '../time/createVirtualClock';
import { createLife } from './createLife';
import { parseScenario } from './parseScenario';

const START = Date.parse('2026-11-21T10:00:00Z');

function begin(file: string) {
  const text = readFileSync(
    resolve(__dirname, '../../scenarios', file),
    'utf8',
  );
  const scenario = parseScenario(text, file);
  const clock = createVirtualClock(START);
  const store = new ObjectStore(10_000);
  const kinds = new KindRegistry();
  const random = createRandom(1);
  const admission = admissionChain({ store, kinds, random });
  const objects = new ClusterObjects({
    store,
    kinds,
    clock,
    random,
    admission,
  });
  objects.deletion.kubeletPresent = true;
  objects.start();
  new NamespaceDefaults(objects, 'certificate').start();
  const life = createLife(scenario, { objects, clock, random });
  life.start();
  const podsOf = (namespace: string, name: string) =>
    objects
      .list('pods', namespace)
      .map(asPod)
      .filter(
        ({ metadata }) => metadata.labels?.['app.kubernetes.io/name'] === name,
      );
  const waiting = (namespace: string, name: string) =>
    podsOf(namespace, name).flatMap(
      ({ status }) =>
        status?.containerStatuses?.[0].state.waiting?.reason ?? [],
    );
  const conditions = (
    resource: string,
    where: { namespace: string; name: string },
  ) =>
    (objects.get(resource, where)?.status?.conditions ?? []) as {
      type: string;
      status: string;
      reason: string;
    }[];
  return { scenario, clock, objects, life, podsOf, waiting, conditions };
}

describe('the demo cluster eu-west', () => {
  const demo = begin('demo-eu-west.yaml');

  it('has about a dozen tenants and sixty to ninety pods', () => {
    const tenants = new Set(
      demo.scenario.namespaces.map(
        ({ labels }) => labels['tenantry.dev/tenant'],
      ),
    );
    expect(tenants.size).toBe(12);
    expect(demo.objects.list('pods').length).toBeGreaterThanOrEqual(60);
    expect(demo.objects.list('pods').length).toBeLessThanOrEqual(100);
  });

  it('shows payments-gateway in good health', () => {
    const deployment = demo.objects.get('deployments.apps', {
      namespace: 'payments-gateway-prod',
      name: 'checkout-api',
    });
    expect(deployment?.status).toMatchObject({
      replicas: 3,
      availableReplicas: 3,
    });
    expect(
      demo.scenario.timeline.some(({ namespace }) =>
        namespace.startsWith('payments-gateway'),
      ),
    ).toBe(false);
  });

  it('shows a worker that was killed for memory', () => {
    const killed = demo
      .podsOf('analytics-core-prod', 'airflow-worker')
      .filter(
        ({ status }) =>
          status?.containerStatuses?.[0].lastState.terminated?.reason ===
          'OOMKilled',
      );
    expect(killed).toHaveLength(1);
    expect(
      demo.podsOf('analytics-core-prod', 'airflow-worker').length,
    ).toBeGreaterThan(1);
  });

  it.each([
    ['churn-models-prod', 'feature-server', 'CrashLoopBackOff'],
    ['billing-prod', 'invoice-renderer', 'ImagePullBackOff'],
    ['logistics-prod', 'label-printer', 'CreateContainerConfigError'],
  ])('shows %s/%s in %s', (namespace, name, reason) => {
    expect(demo.waiting(namespace, name)).toContain(reason);
  });

  it('shows hosts at which modules answer', () => {
    const ingresses = demo.objects.list('ingresses.networking.k8s.io');
    const [first] = ingresses.filter(
      ({ metadata }) => metadata.namespace === 'analytics-core-dev',
    );
    expect(first).toMatchObject({
      metadata: { labels: { 'tenantry.dev/module': 'airflow' } },
      spec: {
        rules: [
          {
            host: 'airflow-dev.analytics.acme.example',
            http: {
              paths: [{ backend: { service: { name: 'airflow-web' } } }],
            },
          },
        ],
        tls: [{ hosts: ['airflow-dev.analytics.acme.example'] }],
      },
    });
  });

  it('shows a stuck rollout whose old pods serve', () => {
    const where = { namespace: 'checkout-prod', name: 'storefront' };
    const found = demo.conditions('deployments.apps', where);
    expect(found.find(({ type }) => type === 'Progressing')?.reason).toBe(
      'ProgressDeadlineExceeded',
    );
    expect(found.find(({ type }) => type === 'Available')?.status).toBe('True');
  });

  it('shows what cannot be placed, what the quota stops, what sleeps, what failed, and what cannot go', () => {
    const [trainer] = demo.podsOf('fraud-scoring-prod', 'model-trainer');
    expect(trainer.status?.conditions?.[0].reason).toBe('Unschedulable');
    const spark = demo.conditions('deployments.apps', {
      namespace: 'marketing-lake-prod',
      name: 'spark-executor',
    });
    expect(spark.find(({ type }) => type === 'ReplicaFailure')?.status).toBe(
      'True',
    );
    expect(demo.objects.list('pods', 'sandbox-ml-dev')).toHaveLength(0);
    const job = demo.conditions('jobs.batch', {
      namespace: 'churn-models-prod',
      name: 'backfill-features',
    });
    expect(job.find(({ type }) => type === 'Failed')?.status).toBe('True');
    const leaving = demo.objects.get('namespaces', {
      name: 'logistics-legacy',
    });
    expect(leaving?.metadata.deletionTimestamp).toBeDefined();
    expect(
      demo.objects.get('endpoints', {
        namespace: 'web-search-prod',
        name: 'suggest',
      })?.subsets,
    ).toBeUndefined();
  });

  it('keeps changing, and recovers', () => {
    const image = () =>
      demo.podsOf('web-search-prod', 'search-api')[0].spec.containers[0].image;
    const before = image();
    demo.clock.advance(45_000);
    expect(image()).not.toBe(before);
    demo.clock.advance(200_000);
    expect(demo.waiting('churn-models-prod', 'feature-server')).toEqual([]);
  });
});

it('the demo cluster us-east has environments of three of the same tenants', () => {
  const east = begin('demo-us-east.yaml').scenario.namespaces.map(
    ({ labels }) => labels['tenantry.dev/tenant'],
  );
  const west = begin('demo-eu-west.yaml').scenario.namespaces.map(
    ({ labels }) => labels['tenantry.dev/tenant'],
  );
  expect(new Set(east).size).toBe(3);
  expect(east.every(tenant => west.includes(tenant))).toBe(true);
});
