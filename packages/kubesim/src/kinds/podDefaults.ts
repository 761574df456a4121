// SPDX-License-Identifier: Apache-2.0
import {
  ensureRecord,
  isRecord,
  recordsOf,
  recordOf,
  setDefault,
  type JsonRecord,
} from '../storage/json';

/** Fills in what the API server fills in for a pod’s spec, alone or in a template. */
export function defaultPodSpec(spec: JsonRecord): void {
  for (const container of [
    ...recordsOf(spec.initContainers),
    ...recordsOf(spec.containers),
  ]) {
    defaultContainer(container);
  }
  for (const volume of recordsOf(spec.volumes)) defaultVolume(volume);
  setDefault(spec, 'restartPolicy', 'Always');
  setDefault(spec, 'terminationGracePeriodSeconds', 30);
  setDefault(spec, 'dnsPolicy', 'ClusterFirst');
  if (spec.serviceAccountName)
    setDefault(spec, 'serviceAccount', spec.serviceAccountName);
  setDefault(spec, 'securityContext', {});
  setDefault(spec, 'schedulerName', 'default-scheduler');
}

const FILE_VOLUMES = ['secret', 'configMap', 'downwardAPI', 'projected'];
const FILE_MODE = 420;
const PROBES = ['livenessProbe', 'readinessProbe', 'startupProbe'];

function defaultVolume(volume: JsonRecord): void {
  if (Object.keys(volume).length === 1) volume.emptyDir = {};
  for (const source of FILE_VOLUMES)
    if (isRecord(volume[source]))
      setDefault(ensureRecord(volume, source), 'defaultMode', FILE_MODE);
  if (isRecord(volume.hostPath)) setDefault(volume.hostPath, 'type', '');
  const projected = recordsOf(recordOf(volume.projected).sources);
  for (const { serviceAccountToken } of projected)
    if (isRecord(serviceAccountToken))
      setDefault(serviceAccountToken, 'expirationSeconds', 3600);
  for (const source of [volume, ...projected])
    for (const item of recordsOf(recordOf(source.downwardAPI).items))
      defaultFieldRef(item);
}

function defaultFieldRef(holder: JsonRecord): void {
  if (isRecord(holder.fieldRef))
    setDefault(holder.fieldRef, 'apiVersion', 'v1');
}

function defaultProbe(probe: JsonRecord): void {
  setDefault(probe, 'timeoutSeconds', 1);
  setDefault(probe, 'periodSeconds', 10);
  setDefault(probe, 'successThreshold', 1);
  setDefault(probe, 'failureThreshold', 3);
  if (!isRecord(probe.httpGet)) return;
  setDefault(probe.httpGet, 'path', '/');
  setDefault(probe.httpGet, 'scheme', 'HTTP');
}

function defaultContainer(container: JsonRecord): void {
  for (const name of PROBES)
    if (isRecord(container[name])) defaultProbe(ensureRecord(container, name));
  for (const variable of recordsOf(container.env))
    defaultFieldRef(recordOf(variable.valueFrom));
  for (const port of recordsOf(container.ports))
    setDefault(port, 'protocol', 'TCP');
  ensureRecord(container, 'resources');
  setDefault(container, 'terminationMessagePath', '/dev/termination-log');
  setDefault(container, 'terminationMessagePolicy', 'File');
  setDefault(
    container,
    'imagePullPolicy',
    pullPolicy(String(container.image ?? '')),
  );
}

function pullPolicy(image: string): string {
  const last = image.slice(image.lastIndexOf('/') + 1);
  if (last.includes('@')) return 'IfNotPresent';
  return !last.includes(':') || last.endsWith(':latest')
    ? 'Always'
    : 'IfNotPresent';
}

/** Defaults of a pod that is an object of its own. */
export function defaultPod(pod: JsonRecord): void {
  const spec = ensureRecord(pod, 'spec');
  defaultPodSpec(spec);
  for (const container of [
    ...recordsOf(spec.initContainers),
    ...recordsOf(spec.containers),
  ])
    requestLimits(ensureRecord(container, 'resources'));
  setDefault(spec, 'serviceAccountName', 'default');
  setDefault(spec, 'serviceAccount', spec.serviceAccountName);
  setDefault(spec, 'enableServiceLinks', true);
  const status = ensureRecord(pod, 'status');
  setDefault(status, 'phase', 'Pending');
  setDefault(status, 'qosClass', qualityOfService(spec));
}

/** A container that says what it may use and not what it needs, needs as much. */
function requestLimits(resources: JsonRecord): void {
  const limits = Object.entries(recordOf(resources.limits));
  if (limits.length === 0) return;
  const requests = ensureRecord(resources, 'requests');
  for (const [key, value] of limits) setDefault(requests, key, value);
}

/** The class of service a pod’s requests and limits put it in. */
export function qualityOfService(spec: JsonRecord): string {
  const all = [
    ...recordsOf(spec.containers),
    ...recordsOf(spec.initContainers),
  ].map(item => recordOf(item.resources));
  const some = all.some(item => size(item.requests) + size(item.limits) > 0);
  if (!some) return 'BestEffort';
  const guaranteed = all.every(item => {
    const limits = recordOf(item.limits);
    const requests = recordOf(item.requests);
    return ['cpu', 'memory'].every(
      key => limits[key] !== undefined && requests[key] === limits[key],
    );
  });
  return guaranteed ? 'Guaranteed' : 'Burstable';
}

/** How much is said of what the class is made from: other resources do not count. */
function size(value: unknown): number {
  const { cpu, memory } = recordOf(value);
  return [cpu, memory].filter(amount => amount !== undefined).length;
}
