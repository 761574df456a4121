// SPDX-License-Identifier: Apache-2.0
import { parseQuantity } from '@tenantry/backstage-plugin-tenants-common';
import type {
  HorizontalPodAutoscalerObject,
  NamespaceObject,
  PersistentVolumeClaimObject,
  ResourceQuotaObject,
  RoleBindingObject,
  ServiceObject,
} from '../objects';
import { array, at, integer, text, textMap, textOr } from './fields';
import { loadBalancerAddress } from './loadBalancerAddress';
import { projectConditions, projectMeta, type ProjectionContext } from './meta';

export function projectNamespace(
  object: unknown,
  context: ProjectionContext,
): NamespaceObject {
  return {
    ...projectMeta(object, context),
    phase: textOr(at(object, 'status', 'phase'), 'Active'),
    conditions: projectConditions(object, context),
  };
}

export function projectService(
  object: unknown,
  context: ProjectionContext,
): ServiceObject {
  const spec = at(object, 'spec');
  const ingress = at(object, 'status', 'loadBalancer', 'ingress');
  return {
    ...projectMeta(object, context),
    type: textOr(at(spec, 'type'), 'ClusterIP'),
    selector: textMap(at(spec, 'selector'), context.interner),
    ports: array(at(spec, 'ports')).map(port => ({
      name: text(at(port, 'name')),
      port: integer(at(port, 'port'), 0),
      appProtocol: text(at(port, 'appProtocol')),
    })),
    loadBalancerReady: array(ingress).length > 0,
    address: loadBalancerAddress(object),
  };
}

export function projectPersistentVolumeClaim(
  object: unknown,
  context: ProjectionContext,
): PersistentVolumeClaimObject {
  const spec = at(object, 'spec');
  const storage = text(at(spec, 'resources', 'requests', 'storage'));
  return {
    ...projectMeta(object, context),
    phase: textOr(at(object, 'status', 'phase'), 'Pending'),
    requested: storage === undefined ? undefined : parseQuantity(storage),
    storageClass: text(at(spec, 'storageClassName')),
  };
}

export function projectResourceQuota(
  object: unknown,
  context: ProjectionContext,
): ResourceQuotaObject {
  const { interner } = context;
  const spec = at(object, 'spec');
  const scopes = [
    ...array(at(spec, 'scopes')),
    ...array(at(spec, 'scopeSelector', 'matchExpressions')),
  ];
  return {
    ...projectMeta(object, context),
    scoped: scopes.length > 0 ? true : undefined,
    hard: textMap(at(object, 'spec', 'hard'), interner),
    used: textMap(at(object, 'status', 'used'), interner),
  };
}

export function projectHorizontalPodAutoscaler(
  object: unknown,
  context: ProjectionContext,
): HorizontalPodAutoscalerObject {
  const spec = at(object, 'spec');
  const status = at(object, 'status');
  return {
    ...projectMeta(object, context),
    target: {
      kind: textOr(at(spec, 'scaleTargetRef', 'kind'), ''),
      name: textOr(at(spec, 'scaleTargetRef', 'name'), ''),
    },
    minReplicas: integer(at(spec, 'minReplicas'), 1),
    maxReplicas: integer(at(spec, 'maxReplicas'), 1),
    currentReplicas: integer(at(status, 'currentReplicas'), 0),
    desiredReplicas: integer(at(status, 'desiredReplicas'), 0),
    conditions: projectConditions(object, context),
  };
}

export function projectRoleBinding(
  object: unknown,
  context: ProjectionContext,
): RoleBindingObject {
  return {
    ...projectMeta(object, context),
    role: {
      kind: textOr(at(object, 'roleRef', 'kind'), ''),
      name: textOr(at(object, 'roleRef', 'name'), ''),
    },
    subjects: array(at(object, 'subjects')).map(subject => ({
      kind: textOr(at(subject, 'kind'), ''),
      name: textOr(at(subject, 'name'), ''),
      namespace: text(at(subject, 'namespace')),
    })),
  };
}
