// SPDX-License-Identifier: Apache-2.0
import type { LogExit } from '@tenantry/backstage-plugin-tenants-common';
import type { KubeApi } from '@tenantry/backstage-plugin-tenants-node';
import { lineTime, wholeSecond } from './lineTime';
import type { LogPlace } from './LogPlace';
import type { LogTask } from './LogTask';
import { selectLogContainers, type LogContainer } from './selectLogContainers';

/** A container as it is now; as it was when it is gone. */
export function present(
  container: LogContainer,
  { tenant, query }: Pick<LogTask, 'tenant' | 'query'>,
): LogContainer {
  const now = tenant();
  const all = now ? selectLogContainers(now, query) : [];
  return all.find(({ key }) => key === container.key) ?? container;
}

/**
 * How the run before ended, if that was no earlier than at a place, which is then likely in the log of that run. The kubelet notes ends
 * in whole seconds, so a place in that very second may as well be in the present one.
 */
export function endBehind(
  { lastExit }: LogContainer,
  { time }: LogPlace,
): LogExit | undefined {
  if (!lastExit?.at) return undefined;
  const { at, reason, code } = lastExit;
  const isBehind = Date.parse(wholeSecond(time)) <= Date.parse(at);
  return isBehind ? { reason, code } : undefined;
}

/** Enough for the time that a line begins with. */
const TIME_BYTES = 64;

/** The time of the first line that is kept of the present run; `undefined` when it has none, or cannot be read. */
export async function beginningOf(
  { namespace, pod, container }: LogContainer,
  kubeApi: KubeApi,
  signal: AbortSignal,
): Promise<string | undefined> {
  const log = kubeApi.readLog({
    namespace,
    pod,
    container,
    follow: false,
    previous: false,
    limitBytes: TIME_BYTES,
    signal,
  });
  try {
    for await (const bytes of log) return lineTime(bytes.toString('latin1'));
  } catch {
    // The log itself says why it cannot be read.
  }
  return undefined;
}
