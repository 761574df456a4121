// SPDX-License-Identifier: Apache-2.0
import { judgeApplication } from './application';
import { judgeCronJob } from './cronJob';
import { judgeDaemonSet } from './daemonSet';
import { judgeDeployment } from './deployment';
import { judgeGeneric } from './generic';
import { judgeHelmRelease } from './helmRelease';
import type { HealthCheck, HealthChecks } from './HealthCheck';
import { judgeHorizontalPodAutoscaler } from './horizontalPodAutoscaler';
import { judgeHttpRoute } from './httpRoute';
import { judgeJob } from './job';
import { judgeKustomization } from './kustomization';
import { judgeNamespace } from './namespace';
import { judgePersistentVolumeClaim } from './persistentVolumeClaim';
import { judgePod } from './pod';
import { judgeReplicaSet } from './replicaSet';
import { judgeService } from './service';
import { judgeStatefulSet } from './statefulSet';
import { judgeTerminating } from './terminating';
import { healthy } from './Verdict';

/** Objects that only exist or go away. */
const exists: HealthCheck = (object, _context, now) =>
  judgeTerminating(object, now) ?? healthy('Current');

/** How each watched kind is judged. Spread it and replace single kinds to judge them differently. */
export const healthChecks: HealthChecks = {
  namespaces: judgeNamespace,
  pods: judgePod,
  deployments: judgeDeployment,
  statefulsets: judgeStatefulSet,
  daemonsets: judgeDaemonSet,
  replicasets: judgeReplicaSet,
  jobs: judgeJob,
  cronjobs: judgeCronJob,
  services: judgeService,
  ingresses: judgeGeneric,
  horizontalpodautoscalers: judgeHorizontalPodAutoscaler,
  persistentvolumeclaims: judgePersistentVolumeClaim,
  resourcequotas: exists,
  limitranges: judgeGeneric,
  networkpolicies: judgeGeneric,
  rolebindings: exists,
  events: exists,
  helmreleases: judgeHelmRelease,
  kustomizations: judgeKustomization,
  applications: judgeApplication,
  httproutes: judgeHttpRoute,
};
