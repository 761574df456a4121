// SPDX-License-Identifier: Apache-2.0
import {
  isRecord,
  recordOf,
  recordsOf,
  textOf,
  valueAt,
} from '../storage/json';
import { age, duration } from './age';
import type { KubeObject } from '../storage/Objects';

export const NONE = '<none>';

const MODES: Readonly<Record<string, string>> = {
  ReadWriteOnce: 'RWO',
  ReadOnlyMany: 'ROX',
  ReadWriteMany: 'RWX',
  ReadWriteOncePod: 'RWOP',
};

export function joined(values: readonly unknown[]): string {
  return values.length > 0
    ? values.map(value => String(value)).join(',')
    : NONE;
}

export function selectorText(selector: unknown): string {
  const known = recordOf(selector);
  const plain = known.matchExpressions ? {} : known;
  const labels = isRecord(known.matchLabels) ? known.matchLabels : plain;
  return joined(
    Object.entries(labels).map(([key, value]) => `${key}=${String(value)}`),
  );
}

export function servicePorts(object: KubeObject): string {
  return joined(
    recordsOf(object.spec?.ports).map(port => {
      const node = port.nodePort ? `:${String(port.nodePort)}` : '';
      return `${String(port.port)}${node}/${String(port.protocol ?? 'TCP')}`;
    }),
  );
}

export function externalAddress(object: KubeObject): string {
  const ingress = recordsOf(
    valueAt(object, ['status', 'loadBalancer', 'ingress']),
  );
  if (ingress.length > 0)
    return joined(ingress.map(item => item.ip ?? item.hostname));
  if (object.spec?.type === 'LoadBalancer') return '<pending>';
  return textOf(object.spec?.externalName) ?? NONE;
}

export function jobStatus(object: KubeObject): string {
  const holds = (type: string) =>
    recordsOf(object.status?.conditions).some(
      item => item.type === type && item.status === 'True',
    );
  if (holds('Complete')) return 'Complete';
  if (holds('Failed')) return 'Failed';
  if (object.metadata.deletionTimestamp) return 'Terminating';
  if (holds('Suspended')) return 'Suspended';
  return holds('FailureTarget') ? 'FailureTarget' : 'Running';
}

export function jobDuration(object: KubeObject, now: number): string {
  const start = textOf(object.status?.startTime);
  if (!start) return '';
  const end = textOf(object.status?.completionTime);
  return duration((end ? Date.parse(end) : now) - Date.parse(start));
}

export function nodeStatus(object: KubeObject): string {
  const ready = recordsOf(object.status?.conditions).find(
    item => item.type === 'Ready',
  );
  const known = ready?.status === 'True' ? 'Ready' : 'NotReady';
  const status = ready ? known : 'Unknown';
  return object.spec?.unschedulable ? `${status},SchedulingDisabled` : status;
}

export function nodeRoles(object: KubeObject): string {
  const prefix = 'node-role.kubernetes.io/';
  const roles = Object.keys(object.metadata.labels ?? {}).filter(key =>
    key.startsWith(prefix),
  );
  return joined(roles.map(key => key.slice(prefix.length)).sort());
}

export function quotaText(
  list: 'requests' | 'limits',
): (object: KubeObject) => string {
  return object => {
    const hard = recordOf(object.status?.hard);
    const used = recordOf(object.status?.used);
    return Object.keys(hard)
      .filter(key => key.startsWith('limits.') === (list === 'limits'))
      .sort()
      .map(key => `${key}: ${String(used[key] ?? 0)}/${String(hard[key])}`)
      .join(', ');
  };
}

export function lastSeen(object: KubeObject, now: number): string {
  const seen =
    valueAt(object, ['series', 'lastObservedTime']) ??
    object.lastTimestamp ??
    object.eventTime;
  return age(textOf(seen) ?? object.metadata.creationTimestamp, now);
}

export function eventSubject(object: KubeObject): string {
  const involved = recordOf(object.involvedObject);
  return `${String(involved.kind ?? '').toLowerCase()}/${String(
    involved.name ?? '',
  )}`;
}

export function accessModes(modes: unknown): string {
  return Array.isArray(modes)
    ? modes.map(mode => MODES[String(mode)] ?? String(mode)).join(',')
    : '';
}

export function roleText(object: KubeObject): string {
  const role = recordOf(object.roleRef);
  return `${String(role.kind)}/${String(role.name)}`;
}

/** The subjects of one kind that a binding names; accounts with their namespace. */
export function subjectsText(object: KubeObject, kind: string): string {
  return recordsOf(object.subjects)
    .filter(subject => subject.kind === kind)
    .map(({ name, namespace }) =>
      kind === 'ServiceAccount'
        ? `${String(namespace ?? '')}/${String(name)}`
        : String(name),
    )
    .join(', ');
}

export function hpaTargets(object: KubeObject): string {
  const current = recordsOf(object.status?.currentMetrics);
  return joined(
    recordsOf(object.spec?.metrics).map((metric, at) => {
      const resource = recordOf(metric.resource);
      const now = valueAt(current[at], [
        'resource',
        'current',
        'averageUtilization',
      ]);
      const wanted = valueAt(resource, ['target', 'averageUtilization']);
      return `${String(resource.name)}: ${
        now === undefined ? '<unknown>' : `${String(now)}%`
      }/${String(wanted)}%`;
    }),
  );
}
