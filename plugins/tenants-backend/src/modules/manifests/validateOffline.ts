// SPDX-License-Identifier: Apache-2.0
import { DaemonSet } from 'kubernetes-models/apps/v1/DaemonSet';
import { Deployment } from 'kubernetes-models/apps/v1/Deployment';
import { StatefulSet } from 'kubernetes-models/apps/v1/StatefulSet';
import { HorizontalPodAutoscaler } from 'kubernetes-models/autoscaling/v2/HorizontalPodAutoscaler';
import { CronJob } from 'kubernetes-models/batch/v1/CronJob';
import { Job } from 'kubernetes-models/batch/v1/Job';
import { Ingress } from 'kubernetes-models/networking.k8s.io/v1/Ingress';
import { NetworkPolicy } from 'kubernetes-models/networking.k8s.io/v1/NetworkPolicy';
import { PodDisruptionBudget } from 'kubernetes-models/policy/v1/PodDisruptionBudget';
import { Role } from 'kubernetes-models/rbac.authorization.k8s.io/v1/Role';
import { RoleBinding } from 'kubernetes-models/rbac.authorization.k8s.io/v1/RoleBinding';
import { ConfigMap } from 'kubernetes-models/v1/ConfigMap';
import { LimitRange } from 'kubernetes-models/v1/LimitRange';
import { Namespace } from 'kubernetes-models/v1/Namespace';
import { PersistentVolumeClaim } from 'kubernetes-models/v1/PersistentVolumeClaim';
import { ResourceQuota } from 'kubernetes-models/v1/ResourceQuota';
import { Secret } from 'kubernetes-models/v1/Secret';
import { Service } from 'kubernetes-models/v1/Service';
import { ServiceAccount } from 'kubernetes-models/v1/ServiceAccount';
import type { KubeManifest } from '@tenantry/backstage-plugin-tenants-node';
import { kindKey } from './kinds';

type Validator = { validate(this: unknown): void };
/** At most this much is said about one object. */
const MAX_COMPLAINTS = 5;

const MODELS = [
  ConfigMap,
  CronJob,
  DaemonSet,
  Deployment,
  HorizontalPodAutoscaler,
  Ingress,
  Job,
  LimitRange,
  Namespace,
  NetworkPolicy,
  PersistentVolumeClaim,
  PodDisruptionBudget,
  ResourceQuota,
  Role,
  RoleBinding,
  Secret,
  Service,
  ServiceAccount,
  StatefulSet,
];
const VALIDATORS: ReadonlyMap<string, Validator> = new Map(
  MODELS.map(({ apiVersion, kind, prototype }): [string, Validator] => [
    kindKey(apiVersion, kind),
    prototype,
  ]),
);

/** Whether there is a schema of this kind to check objects against. */
export function canValidateOffline(apiVersion: string, kind: string): boolean {
  return VALIDATORS.has(kindKey(apiVersion, kind));
}

/**
 * Checks an object against Kubernetes' own schema, without a cluster: types, required fields, formats. Says what is wrong, or
 * `undefined` when nothing is, or the kind is not known here. Fields that do not exist are found by the API server only.
 */
export function validateOffline(object: KubeManifest): string | undefined {
  const model = VALIDATORS.get(kindKey(object.apiVersion, object.kind));
  if (model === undefined) return undefined;
  try {
    model.validate.call(object);
    return undefined;
  } catch (error) {
    return explain(error);
  }
}

function explain(error: unknown): string {
  if (!(error instanceof Error)) return 'It does not fit its schema.';
  const complaints = new Set(
    error.message.split(', ').map(text => text.replace(/^data\/?/, '')),
  );
  const [...all] = complaints;
  const more = all.length - MAX_COMPLAINTS;
  const said = all.slice(0, MAX_COMPLAINTS).map(dotted).join('; ');
  return more > 0 ? `${said}; and ${more} more.` : `${said}.`;
}

/** `spec/replicas must be integer` → `spec.replicas must be integer`. */
function dotted(complaint: string): string {
  const [path, ...words] = complaint.split(' ');
  return [path.replaceAll('/', '.'), ...words].join(' ');
}
