// SPDX-License-Identifier: Apache-2.0
import { KubeError } from '@tenantry/backstage-plugin-tenants-node';

/** What was asked, for the error’s text and fields. */
export type CallName = { readonly cluster: string; readonly resource: string };

const timeouts = new Set([
  'UND_ERR_CONNECT_TIMEOUT',
  'UND_ERR_HEADERS_TIMEOUT',
  'UND_ERR_BODY_TIMEOUT',
  'ETIMEDOUT',
]);
const tlsCodes =
  /^(CERT_|ERR_TLS_|ERR_SSL_|UNABLE_TO_|SELF_SIGNED_|DEPTH_ZERO_|HOSTNAME_|EPROTO$|ERR_OSSL_)/;
const badAnswers = /^(HPE_|UND_ERR_RES_|UND_ERR_HEADERS_OVERFLOW)/;

const sentences = {
  Timeout: 'did not answer in time',
  TlsRefused: 'showed a certificate that is not trusted, or refused ours',
  BadAnswer: 'gave an answer that is not of a Kubernetes API server',
  Unreachable: 'could not be reached',
  Aborted: 'was no longer asked',
  InvalidRequest: 'was not asked: what was to be sent is not fit to be sent',
};

export type FailureReason = keyof typeof sentences;

/** By members, not by class: aborts are DOMExceptions, of another realm at times. */
function member(error: unknown, key: 'code' | 'name'): string {
  if (typeof error !== 'object' || error === null) return '';
  const value: unknown = Reflect.get(error, key);
  return typeof value === 'string' ? value : '';
}

function reasonOf(error: unknown): FailureReason {
  const code = member(error, 'code');
  if (member(error, 'name') === 'AbortError') return 'Aborted';
  if (timeouts.has(code)) return 'Timeout';
  if (tlsCodes.test(code)) return 'TlsRefused';
  return badAnswers.test(code) ? 'BadAnswer' : 'Unreachable';
}

/** A failure without an HTTP answer. */
export function callFailed(
  call: CallName,
  reason: FailureReason,
  cause?: unknown,
): KubeError {
  return new KubeError(
    `Cluster "${call.cluster}" ${sentences[reason]} (${call.resource}).`,
    { ...call, reason },
    cause,
  );
}

/** Makes whatever a call threw into a KubeError. */
export function callFailure(call: CallName, error: unknown): KubeError {
  if (error instanceof KubeError) return error;
  return callFailed(call, reasonOf(error), error);
}
