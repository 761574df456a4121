// SPDX-License-Identifier: Apache-2.0
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseAllDocuments } from 'yaml';
import { Interner } from '../informers/Interner';
import type {
  ObjectMeta,
  ObjectsByKind,
  PodObject,
  WatchedKind,
} from '../informers/objects';
import { projectionOf } from '../informers/projections/projectionOf';
import { createFakeClusterView, type FakeObjects } from '../informers/testing';
import { watchedKindNames, watchedType } from '../informers/watchedKinds';
import { createHealthContext } from './createHealthContext';
import { deriveHealth } from './deriveHealth';

const directory = join(__dirname, '__fixtures__');
const now = new Date('2026-11-21T12:00:00Z');
const interner = new Interner();

/** One line per fixture: name | code | reason | since | message. */
const verdicts = `
application-comparison-error | Degraded | ComparisonError | 2026-11-21T11:00:00Z | Application shop is in error: Failed to load target state: repository not found.
application-degraded | Degraded | Degraded |  | Application shop reports that its resources are degraded: Deployment "api" exceeded its progress deadline.
application-healthy | Healthy | Healthy |  |
application-missing | Missing | Missing |  | Application shop reports that resources are missing in the cluster: deployments.apps "api" not found.
application-not-reported | Unknown | Unknown |  | Application shop reports no health.
application-progressing | Progressing | Progressing |  | Application shop reports that its resources are not healthy yet.
application-suspended | Suspended | Suspended |  | Application shop reports that its resources are suspended: CronJob "report" is suspended.
cronjob-last-run-failed | Degraded | BackoffLimitExceeded | 2026-11-21T11:12:00Z | The last run report-2 failed. Gave up after 3 failed pods (Job has reached the specified backoff limit): report-2-x ended with exit 1 Error.
cronjob-missed | Degraded | TooManyMissedTimes | 2026-11-21T11:30:00Z | Does not run on its schedule 0 * * * *: too many missed start times. Set or decrease .spec.startingDeadlineSeconds or check clock skew.
cronjob-recovered | Healthy | Scheduled | 2026-11-20T08:00:00Z |
cronjob-scheduled | Healthy | Scheduled | 2026-11-21T03:51:34Z |
cronjob-suspended | Suspended | Suspended |  | The schedule is suspended.
daemonset-available | Healthy | Available |  |
daemonset-no-matching-node | Healthy | NoMatchingNode |  |
daemonset-on-delete | Healthy | Available |  |
daemonset-one-node-crashes | Degraded | CrashLoopBackOff | 2026-11-21T11:40:00Z | 1 of 2 pods ready: agent-b is in CrashLoopBackOff, last exit 137 OOMKilled, 6 restarts in 28 h.
daemonset-rolling-out | Progressing | RollingOut |  | Rolling out: 1 of 3 pods updated.
deployment-available | Healthy | Available | 2026-11-21T03:51:36Z |
deployment-crash-loop | Degraded | CrashLoopBackOff | 2026-11-21T03:51:37Z | 0 of 1 pods ready: worker-657d97d6c7-qbjwc is in CrashLoopBackOff, last exit 1 Error, 5 restarts in 3 min.
deployment-deadline-exceeded | Degraded | ProgressDeadlineExceeded | 2026-11-21T11:55:00Z | Rollout is stuck: 2 of 3 pods updated, 2 of 3 pods ready, 1 old pod still serves.
deployment-evicted-pod-replaced | Healthy | Available | 2026-11-20T08:01:00Z |
deployment-not-observed | Progressing | NotObserved |  | Deployment api was changed; its controller has not acted on it yet.
deployment-one-of-three-crashes | Degraded | CrashLoopBackOff | 2026-11-21T11:40:00Z | 2 of 3 pods ready: api-7f9 is in CrashLoopBackOff, last exit 137 OOMKilled, 6 restarts in 28 h.
deployment-paused | Suspended | Paused |  | The rollout is paused; 3 of 3 pods ready.
deployment-pod-security | Degraded | FailedCreate | 2026-11-21T11:20:00Z | 0 of 1 pods ready: its pods cannot be created: violates PodSecurity "restricted:latest": allowPrivilegeEscalation != false (container "api" must set securityContext.allowPrivilegeEscalation=false).
deployment-quota-event-only | Degraded | ExceededQuota | 2026-11-21T11:30:00Z | 0 of 1 pods ready: quota compute does not allow more pods (requested: requests.cpu=1, used: requests.cpu=2, limited: requests.cpu=2).
deployment-quota-exceeded | Degraded | ExceededQuota | 2026-11-21T11:20:00Z | 2 of 3 pods ready: quota compute does not allow more pods (requested: requests.cpu=1, used: requests.cpu=2, limited: requests.cpu=2).
deployment-quota-wants-limits | Degraded | FailedQuota | 2026-11-21T11:20:00Z | 0 of 1 pods ready: quota compute refuses its pods (must specify limits.cpu for: api; limits.memory for: api).
deployment-removing-old-pods | Progressing | RollingOut |  | Rolling out: 1 old pod still to be removed.
deployment-rolling-out | Progressing | RollingOut | 2026-11-21T11:59:00Z | Rolling out: 1 of 3 pods updated.
deployment-rollout-does-not-go-on | Degraded | ImagePullBackOff | 2026-11-21T11:50:00Z | Rollout does not go on: 1 of 3 pods updated, 3 of 3 pods ready, 3 old pods still serve: api-2-x cannot pull its image registry.example/shop/api:1.5.0 (ImagePullBackOff): registry.example/shop/api:1.5.0: not found.
deployment-rollout-stuck | Degraded | ImagePullBackOff | 2026-11-21T11:50:00Z | Rollout is stuck: 1 of 3 pods updated, 3 of 3 pods ready, 3 old pods still serve: api-2-x cannot pull its image registry.example/shop/api:1.5.0 (ImagePullBackOff): registry.example/shop/api:1.5.0: not found.
deployment-scaled-to-zero | Suspended | ScaledToZero |  | Scaled to zero.
deployment-terminating-stuck | Degraded | StuckTerminating | 2026-11-21T11:00:00Z | Deployment api cannot finish deleting; it waits for its finalizer foregroundDeletion.
deployment-unavailable-without-pods | Degraded | PodsNotReady | 2026-11-21T11:40:00Z | 1 of 3 pods ready.
event-back-off | Healthy | Current |  |
helmrelease-ready | Healthy | UpgradeSucceeded | 2026-11-21T11:00:00Z |
helmrelease-stalled | Degraded | InvalidChartReference | 2026-11-21T11:00:00Z | HelmRelease redis is not ready: invalid chart reference.
helmrelease-suspended | Suspended | Suspended |  | HelmRelease redis is suspended: changes to it are not applied.
helmrelease-upgrade-failed | Degraded | UpgradeFailed | 2026-11-21T11:00:00Z | HelmRelease redis is not ready: Helm upgrade failed for release shop-prod/redis with chart redis@20.1.0: context deadline exceeded. The release before it was restored.
helmrelease-upgrading | Progressing | Progressing | 2026-11-21T11:00:00Z | HelmRelease redis is not ready yet: Running upgrade action with timeout of 5m0s.
helmrelease-waits-for-dependency | Progressing | DependencyNotReady | 2026-11-21T11:00:00Z | HelmRelease redis is not ready yet: dependency 'shop-prod/storage' is not ready.
horizontalpodautoscaler-no-metrics | Degraded | FailedGetResourceMetric | 2026-11-21T11:00:00Z | Autoscaler api cannot scale Deployment api: the HPA was unable to compute the replica count: failed to get cpu utilization: unable to get metrics for resource cpu: no metrics returned from resource metrics API.
horizontalpodautoscaler-off | Suspended | ScalingDisabled |  | Autoscaler api is off: its target has zero replicas.
horizontalpodautoscaler-scaling | Healthy | Scaling | 2026-11-21T03:51:49Z |
horizontalpodautoscaler-target-asleep | Suspended | ScalingDisabled |  | Deployment api is scaled to zero.
horizontalpodautoscaler-target-missing | Missing | TargetNotFound |  | Autoscaler api scales Deployment api, which does not exist.
httproute-accepted | Healthy | Current | 2026-11-21T11:00:00Z |
httproute-backend-missing | Degraded | BackendNotFound | 2026-11-21T11:00:00Z | HTTPRoute web leads nowhere: Service web not found.
httproute-not-taken | Progressing | NotAccepted | 2026-11-20T08:00:00Z | No gateway has taken HTTPRoute web yet.
httproute-one-gateway-refuses | Healthy | Current | 2026-11-21T11:00:00Z |
httproute-refused | Degraded | NoMatchingListenerHostname | 2026-11-21T11:00:00Z | HTTPRoute web is accepted by no gateway: no listener has the host shop.example.
ingress-current | Healthy | Current |  |
ingress-terminating-stuck | Degraded | StuckTerminating | 2026-11-21T11:30:00Z | Ingress web cannot finish deleting; it waits for its finalizer ingress.k8s.aws/resources.
job-complete | Healthy | Complete | 2026-11-21T03:51:39Z |
job-deadline-exceeded | Degraded | DeadlineExceeded | 2026-11-21T11:10:00Z | Gave up (Job was active longer than specified deadline).
job-failed | Degraded | BackoffLimitExceeded | 2026-11-21T11:12:00Z | Gave up after 3 failed pods (Job has reached the specified backoff limit): migrate-x ended with exit 1 Error.
job-image-missing | Degraded | ImagePullBackOff | 2026-11-21T11:58:00Z | 0 of 1 completed: migrate-x cannot pull its image registry.example/shop/api:1.5.0 (ImagePullBackOff): registry.example/shop/api:1.5.0: not found.
job-quota-exceeded | Degraded | ExceededQuota | 2026-11-21T11:30:00Z | 0 of 1 completed: quota compute does not allow more pods (requested: requests.cpu=1, used: requests.cpu=2, limited: requests.cpu=2).
job-retrying | Progressing | Running | 2026-11-21T11:58:00Z | 0 of 1 completed, 1 failed pod of 3 allowed.
job-running | Progressing | Running | 2026-11-21T11:58:00Z | 0 of 4 completed.
job-suspended | Suspended | Suspended |  | The job is suspended.
kustomization-build-failed | Degraded | BuildFailed | 2026-11-21T11:00:00Z | Kustomization apps is not ready: kustomize build failed: accumulating resources: 'missing.yaml' not found.
kustomization-health-check-failed | Degraded | HealthCheckFailed | 2026-11-21T11:00:00Z | Kustomization apps is not ready: health check failed after 30s: timeout waiting for: [Deployment/shop-prod/api status: 'InProgress'].
kustomization-not-reconciled | Progressing | NotReconciled |  | Kustomization apps was not reconciled yet.
kustomization-ready | Healthy | ReconciliationSucceeded | 2026-11-21T11:00:00Z |
kustomization-suspended | Suspended | Suspended |  | Kustomization apps is suspended: changes to it are not applied.
limitrange-current | Healthy | Current |  |
namespace-active | Healthy | Active | 2026-11-21T03:51:33Z |
namespace-discovery-fails | Degraded | DiscoveryFailed | 2026-11-21T11:59:30Z | Namespace shop-prod cannot finish deleting: Discovery failed for some groups, 1 failing: unable to retrieve the complete list of server APIs: metrics.k8s.io/v1beta1: stale GroupVersion discovery.
namespace-held-by-claim | Degraded | StuckTerminating | 2026-11-21T11:00:00Z | Namespace shop-prod cannot finish deleting; it waits for PersistentVolumeClaim data-0 (finalizer kubernetes.io/pvc-protection).
namespace-held-by-unwatched | Degraded | StuckTerminating | 2026-11-21T11:00:00Z | Namespace shop-prod cannot finish deleting: Some content in the namespace has finalizers remaining: example.com/drain in 1 resource instances.
namespace-terminating | Progressing | Terminating | 2026-11-21T11:59:00Z | Namespace shop-prod is being deleted.
networkpolicy-current | Healthy | Current |  |
persistentvolumeclaim-bound | Healthy | Bound |  |
persistentvolumeclaim-lost | Degraded | Lost |  | The volume behind claim data-0 is gone; its data is not reachable.
persistentvolumeclaim-no-storage-class | Degraded | ProvisioningFailed | 2026-11-21T03:51:34Z | Claim archive waits for a volume of storage class fast-ssd: storageclass.storage.k8s.io "fast-ssd" not found.
persistentvolumeclaim-pending | Progressing | Pending | 2026-11-21T11:59:00Z | Claim data-0 waits for a volume of storage class fast.
persistentvolumeclaim-terminating-stuck | Degraded | StuckTerminating | 2026-11-21T11:30:00Z | PersistentVolumeClaim data-0 cannot finish deleting; it waits for its finalizer kubernetes.io/pvc-protection. A pod still uses it.
persistentvolumeclaim-waits-for-consumer | Healthy | WaitForFirstConsumer |  |
pod-completed | Healthy | Completed |  |
pod-config-error | Degraded | CreateContainerConfigError | 2026-11-21T11:50:00Z | api-7f9 cannot start (CreateContainerConfigError): configmap "api-settings" not found.
pod-crash-loop-back-off | Degraded | CrashLoopBackOff | 2026-11-21T03:54:38Z | worker-657d97d6c7-qbjwc is in CrashLoopBackOff, last exit 1 Error, 5 restarts in 3 min.
pod-evicted | Degraded | Evicted | 2026-11-20T08:00:07Z | api-7f9 failed: The node was low on resource: memory. Threshold quantity: 100Mi, available: 40Mi.
pod-failed | Degraded | Error | 2026-11-21T11:10:00Z | api-7f9 ended with exit 1 Error.
pod-failed-mount | Degraded | FailedMount | 2026-11-21T11:50:00Z | api-7f9 cannot be prepared: MountVolume.SetUp failed for volume "settings" : secret "api-secret" not found.
pod-image-pull-back-off | Degraded | ImagePullBackOff | 2026-11-21T11:50:00Z | api-7f9 cannot pull its image registry.example/shop/api:1.5.0 (ImagePullBackOff): registry.example/shop/api:1.5.0: not found.
pod-image-unauthorized | Degraded | ImagePullBackOff | 2026-11-21T11:50:00Z | api-7f9 cannot pull its image registry.example/shop/api:1.5.0 (ImagePullBackOff): failed to pull and unpack image: pull access denied, repository does not exist or may require authorization.
pod-init-failed | Degraded | CrashLoopBackOff | 2026-11-21T11:50:00Z | api-7f9: init container migrate is in CrashLoopBackOff, last exit 2 Error, 3 restarts in 28 h.
pod-init-running | Progressing | PodInitializing | 2026-11-21T11:00:00Z | api-7f9 runs its init container migrate.
pod-invalid-image-name | Degraded | InvalidImageName | 2026-11-21T11:50:00Z | api-7f9 cannot pull its image Registry.example/Shop/api (InvalidImageName): Failed to apply default image tag "Registry.example/Shop/api": couldn't parse image name: invalid reference format: repository name must be lowercase.
pod-just-unschedulable | Progressing | Unschedulable | 2026-11-21T11:59:00Z | api-7f9 waits for a node: 0/3 nodes are available: 1 node(s) had untolerated taint {dedicated: gpu}, 2 Insufficient memory.
pod-keeps-restarting | Degraded | OOMKilled | 2026-11-21T11:56:00Z | api-7f9 keeps restarting, last exit 137 OOMKilled, 5 restarts in 28 h.
pod-node-lost | Unknown | NodeLost |  | api-7f9 is on node node-1, which does not answer.
pod-node-not-ready | Degraded | NodeNotReady | 2026-11-21T11:55:00Z | api-7f9 is on node node-1, which is not ready.
pod-not-ready-for-long | Degraded | ContainersNotReady | 2026-11-21T11:50:00Z | api-7f9 runs but is not ready.
pod-oom-killed | Degraded | OOMKilled | 2026-11-21T11:59:50Z | api-7f9 ended with exit 137 OOMKilled, 1 restart.
pod-probe-failing | Degraded | Unhealthy | 2026-11-21T11:50:00Z | api-7f9 runs but is not ready: Readiness probe failed: HTTP probe failed with statuscode: 503.
pod-recovered | Healthy | Running | 2026-11-21T11:40:05Z |
pod-running | Healthy | Running | 2026-11-21T03:51:35Z |
pod-scheduling-gated | Suspended | SchedulingGated |  | api-7f9 waits for its scheduling gates.
pod-second-container-crash-loop | Degraded | CrashLoopBackOff | 2026-11-21T11:50:00Z | api-7f9: container exporter is in CrashLoopBackOff, last exit 1 Error, 4 restarts in 28 h, while api runs.
pod-sidecar-crash-loop | Degraded | CrashLoopBackOff | 2026-11-21T11:50:00Z | api-7f9: sidecar proxy is in CrashLoopBackOff, last exit 1 Error, 4 restarts in 28 h, while api runs.
pod-starting | Progressing | ContainerCreating | 2026-11-21T11:59:30Z | api-7f9 is being prepared.
pod-starting-slowly | Progressing | Unhealthy | 2026-11-21T11:58:00Z | api-7f9 runs but is not ready: Startup probe failed: dial tcp 10.0.0.7:8080: connect: connection refused.
pod-terminating | Progressing | Terminating | 2026-11-21T12:00:10Z | Pod api-7f9 is being deleted.
pod-terminating-stuck | Degraded | StuckTerminating | 2026-11-21T11:30:00Z | Pod api-7f9 cannot finish deleting; it waits for its finalizer example.com/drain.
pod-unschedulable | Degraded | Unschedulable | 2026-11-21T11:30:00Z | api-7f9 waits for a node: 0/3 nodes are available: 1 node(s) had untolerated taint {dedicated: gpu}, 2 Insufficient memory.
replicaset-available | Healthy | Available |  |
replicaset-not-ready | Progressing | ContainerCreating | 2026-11-21T11:59:30Z | 0 of 1 pods ready: api-1-a is being prepared.
resourcequota-full | Healthy | Current |  |
rolebinding-current | Healthy | Current |  |
service-endpoints | Healthy | Endpoints |  |
service-external-name | Healthy | Healthy |  |
service-just-created | Progressing | NoEndpoints |  | No pod has the labels that service api selects (app=api); it answers nobody.
service-load-balancer-pending | Degraded | SyncLoadBalancerFailed | 2026-11-21T11:00:00Z | Service api waits for the address of its load balancer: Error syncing load balancer: failed to ensure load balancer: quota exceeded.
service-no-pods | Missing | NoEndpoints |  | No pod has the labels that service api selects (app=api); it answers nobody.
service-no-ready-pods | Degraded | NoEndpoints | 2026-11-21T11:40:00Z | Service api has no endpoint: its only pod is not ready.
service-scaled-to-zero | Suspended | ScaledToZero |  | All that service api selects is scaled to zero.
statefulset-available | Healthy | Available |  |
statefulset-crash-loop | Degraded | CrashLoopBackOff | 2026-11-21T11:40:00Z | Rollout does not go on: 1 of 3 pods updated, 0 of 3 pods ready: db-0 is in CrashLoopBackOff, last exit 137 OOMKilled, 6 restarts in 20 min.
statefulset-on-delete | Healthy | Available |  |
statefulset-partitioned | Healthy | Available |  |
statefulset-quota-exceeded | Degraded | ExceededQuota | 2026-11-21T11:30:00Z | 1 of 3 pods ready: quota compute does not allow more pods (requested: pods=1, used: pods=5, limited: pods=5).
statefulset-rolling-out | Progressing | RollingOut |  | Rolling out: 1 of 3 pods updated.
statefulset-scaled-to-zero | Suspended | ScaledToZero |  | Scaled to zero.
`;
const expectations = verdicts
  .trim()
  .split('\n')
  .map(line => line.split('|').map(cell => cell.trim()));

type Entry = {
  readonly kind: WatchedKind;
  readonly object: ObjectsByKind[WatchedKind];
};

/** Reads real objects through the projection they are cached with; the first is the one to judge. */
function readFixture(name: string): [Entry, ...Entry[]] {
  const text = readFileSync(join(directory, `${name}.yaml`), 'utf8');
  const [first, ...others] = parseAllDocuments(text).map((document): Entry => {
    const raw: { kind?: string } = document.toJS();
    const kind = watchedKindNames.find(k => watchedType(k).kind === raw.kind);
    if (!kind)
      throw new Error(
        `${name}.yaml holds a ${raw.kind}, which is not watched.`,
      );
    return {
      kind,
      object: projectionOf(kind, interner)(Buffer.from(JSON.stringify(raw))),
    };
  });
  if (!first) throw new Error(`${name}.yaml is empty.`);
  return [first, ...others];
}

function judgeFixture(name: string, at = now) {
  const entries = readFixture(name);
  const objects: FakeObjects = Object.fromEntries(
    watchedKindNames.map(kind => [
      kind,
      entries.filter(e => e.kind === kind).map(e => e.object),
    ]),
  );
  const byUid = new Map(entries.map(({ object }) => [object.uid, object]));
  const top = (object: ObjectMeta): ObjectMeta => {
    const owner = byUid.get(object.controller?.uid ?? '');
    return owner ? top(owner) : object;
  };
  const podsByOwner = new Map<string, PodObject[]>();
  for (const pod of objects.pods ?? []) {
    const { uid } = top(pod);
    podsByOwner.set(uid, [...(podsByOwner.get(uid) ?? []), pod]);
  }
  const context = createHealthContext(
    {
      listers: createFakeClusterView({ objects }).listers,
      namespaces: [...new Set(entries.map(({ object }) => object.namespace))],
      podsByOwner,
    },
    at,
  );
  return deriveHealth(entries[0], context, at);
}

describe('deriveHealth', () => {
  const names = readdirSync(directory)
    .filter(file => file.endsWith('.yaml'))
    .map(file => file.replace('.yaml', ''));

  it('has an expectation for every fixture and a fixture for every expectation', () => {
    expect(expectations.map(([name]) => name).sort()).toEqual(names.sort());
  });

  it.each(expectations)('judges %s as %s for %s', (name, ...expected) => {
    const { code, reason, since = '', message } = judgeFixture(name);
    expect([code, reason, since, message]).toEqual(expected);
  });

  it('never writes a message for what is healthy and always writes one for what is not', () => {
    for (const name of names) {
      const { code, message } = judgeFixture(name);
      expect([name, message === '']).toEqual([name, code === 'Healthy']);
    }
  });

  it.each([
    ['pod-just-unschedulable', '2026-11-21T12:01:00.000Z'],
    ['pod-keeps-restarting', '2026-11-21T12:07:00.000Z'],
    ['pod-starting', '2026-11-21T12:04:30.000Z'],
    ['namespace-terminating', '2026-11-21T12:04:00.000Z'],
    ['persistentvolumeclaim-pending', '2026-11-21T12:04:00.000Z'],
    ['service-just-created', '2026-11-21T12:04:00.000Z'],
    ['pod-crash-loop-back-off', undefined],
  ])('says when %s changes by itself', (name, at) => {
    expect(judgeFixture(name).changesAt?.toISOString()).toBe(at);
  });

  it('changes by itself at the moment it says and not before', () => {
    for (const name of names) {
      const { changesAt, ...before } = judgeFixture(name);
      const end = changesAt ?? new Date('2027-11-21T12:00:00Z');
      const justBefore = judgeFixture(name, new Date(end.getTime() - 1));
      expect([name, justBefore]).toEqual([name, { ...before, changesAt }]);
      const then = judgeFixture(name, end);
      expect([name, then.code !== before.code]).toEqual([
        name,
        changesAt !== undefined,
      ]);
    }
  });

  it.each([
    [
      'deployment-one-of-three-crashes',
      {
        pod: 'api-7f9',
        container: 'api',
        previousLog: true,
        nextStartAt: '2026-11-21T12:00:00Z',
      },
    ],
    [
      'pod-sidecar-crash-loop',
      { pod: 'api-7f9', container: 'proxy', previousLog: true },
    ],
    ['deployment-quota-exceeded', { root: 'ResourceQuota/compute' }],
    [
      'cronjob-last-run-failed',
      { pod: 'report-2-x', container: 'api', previousLog: false },
    ],
  ])('says where the fault of %s shows', (name, evidence) => {
    expect(judgeFixture(name).evidence).toEqual(evidence);
  });
});
