// SPDX-License-Identifier: Apache-2.0
import { KubeError } from '@tenantry/backstage-plugin-tenants-node';
import { z } from 'zod';
import type { CallName } from './callFailure';

export type RefusedAnswer = {
  readonly status: number;
  readonly body: string;
  readonly retryAfterMs?: number;
};

/** How Backstage tells an error; nothing of its text is kept. */
const backstageErrorSchema = z.object({
  error: z.object({ name: z.string() }),
});
const kubernetesStatusSchema = z.object({ kind: z.literal('Status') });
/** What API servers say of a path that they do not serve. */
const unservedPath = /^404 page not found/;

function parsed(json: string): unknown {
  try {
    return JSON.parse(json);
  } catch {
    return undefined;
  }
}

/** A 404 of the API server itself means that a kind or object is not there; any other, that the call did not get so far. */
function isOfKubernetes({ status, body }: RefusedAnswer): boolean {
  const answer = parsed(body);
  if (backstageErrorSchema.safeParse(answer).success) return false;
  if (status !== 404) return true;
  return (
    unservedPath.test(body) || kubernetesStatusSchema.safeParse(answer).success
  );
}

/**
 * A refusal that came from the Kubernetes plugin’s proxy; `undefined` when it is the API server’s own. Without the difference,
 * a plugin that restarts would look like a cluster without kinds.
 */
export function proxyFailure(
  call: CallName,
  answer: RefusedAnswer,
): KubeError | undefined {
  if (isOfKubernetes(answer)) return undefined;
  const { status, retryAfterMs } = answer;
  const refused = status === 401 || status === 403;
  return new KubeError(
    refused
      ? `The Kubernetes plugin refused the call to cluster "${call.cluster}" (${call.resource}): ${status}.`
      : `The Kubernetes plugin could not pass the call on to cluster "${call.cluster}" (${call.resource}): ${status}.`,
    {
      ...call,
      ...(refused ? { status: 401 } : {}),
      reason: refused ? 'ProxyRefused' : 'ProxyFailed',
      retryAfterMs,
    },
  );
}
