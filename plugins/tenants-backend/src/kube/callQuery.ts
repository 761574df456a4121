// SPDX-License-Identifier: Apache-2.0
import type {
  ListOptions,
  LogOptions,
  WatchOptions,
} from '@tenantry/backstage-plugin-tenants-node';
import { callFailed, type CallName } from './callFailure';
import { objectName } from './resourcePath';

const labelKey =
  /^(?=.{1,317}$)([a-z0-9]([-a-z0-9.]{0,251}[a-z0-9])?\/)?[A-Za-z0-9]([-A-Za-z0-9_.]{0,61}[A-Za-z0-9])?$/;
const labelValue = /^([A-Za-z0-9]([-A-Za-z0-9_.]{0,61}[A-Za-z0-9])?)?$/;

/** A selector of equality only: what is no label cannot become another operator. @throws KubeError */
function labelSelector(
  labels: Readonly<Record<string, string>>,
  call: CallName,
): string {
  const pairs = Object.entries(labels).map(([key, value]) => {
    if (labelKey.test(key) && labelValue.test(value)) return `${key}=${value}`;
    throw callFailed(call, 'InvalidRequest');
  });
  return pairs.join(',');
}

/** What a list asks for. @throws KubeError when a label is none */
export function listQuery<T>(
  options: ListOptions<T>,
  call: CallName,
): URLSearchParams {
  const query = new URLSearchParams({ limit: String(options.limit) });
  if (options.labels) {
    query.set('labelSelector', labelSelector(options.labels, call));
  }
  if (options.continue) query.set('continue', options.continue);
  else if (options.resourceVersion !== undefined) {
    query.set('resourceVersion', options.resourceVersion);
  }
  return query;
}

/** What a watch asks for. @throws KubeError when its name is none */
export function watchQuery<T>(
  options: WatchOptions<T>,
  call: CallName,
): URLSearchParams {
  const query = new URLSearchParams({
    watch: '1',
    allowWatchBookmarks: 'true',
    timeoutSeconds: String(Math.floor(options.timeoutSeconds)),
  });
  if (options.name !== undefined) {
    const name = objectName(options.name, call);
    query.set('fieldSelector', `metadata.name=${name}`);
  }
  if (options.resourceVersion) {
    query.set('resourceVersion', options.resourceVersion);
  }
  if (options.sendInitialEvents) {
    query.set('sendInitialEvents', 'true');
    query.set('resourceVersionMatch', 'NotOlderThan');
  }
  return query;
}

/** What is asked of a log. */
export function logQuery(options: LogOptions): URLSearchParams {
  const query = new URLSearchParams({
    container: options.container,
    timestamps: 'true',
  });
  if (options.follow) query.set('follow', 'true');
  if (options.previous) query.set('previous', 'true');
  const { tailLines, sinceTime, limitBytes } = options;
  if (tailLines !== undefined) query.set('tailLines', String(tailLines));
  if (sinceTime !== undefined) query.set('sinceTime', sinceTime);
  if (limitBytes !== undefined) query.set('limitBytes', String(limitBytes));
  return query;
}
