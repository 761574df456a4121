// SPDX-License-Identifier: Apache-2.0
import type { Behaviour } from '../scenario/Life';
import type { ProxyTarget } from './ProxyTarget';

export type WebRequest = {
  readonly method: string;
  /** With its query; begins with a slash. */
  readonly path: string;
  readonly accept: string;
};
export type WebAnswer = {
  readonly code: number;
  readonly type: string;
  readonly text: string;
};

/** What every simulated container serves on its ports: who it is, and what it was asked. */
export function webAnswer(
  { pod, port }: ProxyTarget,
  { method, path, accept }: WebRequest,
  behaviour: Behaviour,
): WebAnswer {
  const well = behaviour.type !== 'notReady';
  if (/^\/(?:healthz|readyz|livez|ready|health)(?:\?|$)/.test(path)) {
    const text = well ? 'ok\n' : 'not ready\n';
    return { code: well ? 200 : 503, type: 'text/plain', text };
  }
  const { namespace, name } = pod.metadata;
  const about = {
    pod: name,
    namespace,
    node: pod.spec.nodeName,
    ip: pod.status?.podIP,
    port,
    image: pod.spec.containers[0].image,
    method,
    path,
  };
  if (accept.includes('application/json'))
    return {
      code: 200,
      type: 'application/json',
      text: `${JSON.stringify(about)}\n`,
    };
  const text = Object.entries(about)
    .map(([key, value]) => `${key}: ${String(value)}\n`)
    .join('');
  return { code: 200, type: 'text/plain; charset=utf-8', text };
}
