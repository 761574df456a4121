// SPDX-License-Identifier: Apache-2.0
import type { KubeManifest } from '@tenantry/backstage-plugin-tenants-node';
import type {
  JsonObject,
  JsonValue,
} from '@tenantry/backstage-plugin-tenants-node/definitions';
import type { Instance } from './instantiate';
import {
  fieldAt,
  isJsonObject,
  objectField,
  textEntries,
  textField,
  withField,
} from './jsonValue';
import { moduleLabels, workloadLabels } from './objectLabels';
import { podTemplatePath } from './podTemplates';
import type { RenderInput } from './RenderInput';
import { withReplicas } from './replicas';

/** What is enforced on an object whatever its template says: place, labels, replicas, how images are pulled. */
export function finishObject(
  instance: Instance,
  input: RenderInput,
  autoscaled: ReadonlySet<string>,
): KubeManifest {
  const name = instanceName(instance);
  const labelled = withProtocols(
    withWorkloadLabels(instance, input),
    instance.kind,
  );
  const pulled = withImagePull(labelled, instance.kind, input);
  const scaled = withReplicas(pulled, name, { input, autoscaled });
  return toManifest(scaled, instance, input);
}

/** Name of an object as its values make it; empty when it has none. */
export function instanceName({ object }: Instance): string {
  return textField(objectField(object, 'metadata'), 'name') ?? '';
}

function toManifest(
  object: JsonObject,
  instance: Instance,
  input: RenderInput,
): KubeManifest {
  const { apiVersion, kind, metadata, ...body } = object;
  const annotations = textEntries(objectField(object, 'metadata').annotations);
  return {
    apiVersion: instance.apiVersion,
    kind: instance.kind,
    metadata: {
      name: instanceName(instance),
      namespace: input.namespace,
      labels: {
        ...textEntries(objectField(object, 'metadata').labels),
        ...moduleLabels(input, instance.module),
      },
      ...(Object.keys(annotations).length > 0 && { annotations }),
    },
    ...body,
  };
}

/** On pods, on the jobs of a CronJob, and on the volumes a StatefulSet asks for; there without the release, as they cannot be changed. */
function withWorkloadLabels(
  { object, kind, module }: Instance,
  input: RenderInput,
): JsonObject {
  const path = podTemplatePath(kind);
  if (path === undefined || !isJsonObject(fieldAt(object, path))) return object;
  const labels = workloadLabels(input, module);
  const pods = addLabels(object, path, labels);
  const jobs =
    kind === 'CronJob'
      ? addLabels(pods, ['spec', 'jobTemplate'], labels)
      : pods;
  return withField(jobs, ['spec', 'volumeClaimTemplates'], claims =>
    Array.isArray(claims)
      ? claims.map(claim => labelledClaim(claim, labels, input))
      : undefined,
  );
}

function labelledClaim(
  claim: JsonValue,
  labels: Record<string, string>,
  input: RenderInput,
): JsonValue {
  if (!isJsonObject(claim)) return claim;
  const release = `${input.settings.labels.prefix}/release`;
  const lasting = Object.entries(labels).filter(([key]) => key !== release);
  return addLabels(claim, [], Object.fromEntries(lasting));
}

function addLabels(
  object: JsonObject,
  path: readonly string[],
  labels: Record<string, string>,
): JsonObject {
  return withField(object, [...path, 'metadata', 'labels'], present => ({
    ...(isJsonObject(present) ? present : {}),
    ...labels,
  }));
}

/** The protocol is part of a port's key: without it old API servers (1.20) refuse to apply. */
function withProtocols(object: JsonObject, kind: string): JsonObject {
  if (kind === 'Service') {
    return withField(object, ['spec', 'ports'], completePorts);
  }
  const path = podTemplatePath(kind);
  if (path === undefined) return object;
  return ['initContainers', 'containers'].reduce((changed, list) => {
    const at = [...path, 'spec', list];
    if (!Array.isArray(fieldAt(changed, at))) return changed;
    return withField(changed, at, containers =>
      Array.isArray(containers) ? containers.map(completed) : containers,
    );
  }, object);
}

function completed(container: JsonValue): JsonValue {
  return isJsonObject(container) && container.ports !== undefined
    ? withField(container, ['ports'], completePorts)
    : container;
}

function completePorts(ports: JsonValue | undefined): JsonValue | undefined {
  if (!Array.isArray(ports)) return ports;
  return ports.map(port =>
    isJsonObject(port) ? { protocol: 'TCP', ...port } : port,
  );
}

/** So that a node's cache never lets a tenant run an image it has no right to pull. */
function withImagePull(
  object: JsonObject,
  kind: string,
  input: RenderInput,
): JsonObject {
  const path = podTemplatePath(kind);
  if (path === undefined || input.settings.imagePull === 'asWritten') {
    return object;
  }
  return ['initContainers', 'containers'].reduce((changed, list) => {
    const at = [...path, 'spec', list];
    if (!Array.isArray(fieldAt(changed, at))) return changed;
    return withField(changed, at, containers =>
      Array.isArray(containers) ? containers.map(pullAlways) : containers,
    );
  }, object);
}

function pullAlways(container: JsonValue): JsonValue {
  return isJsonObject(container)
    ? { ...container, imagePullPolicy: 'Always' }
    : container;
}
