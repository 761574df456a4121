// SPDX-License-Identifier: Apache-2.0
import type {
  LogOptions,
  WatchOptions,
} from '@tenantry/backstage-plugin-tenants-node';
import type { CallName } from './callFailure';
import { objectName } from './resourcePath';

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
