// SPDX-License-Identifier: Apache-2.0
import { badRequest, invalid } from '../storage/ApiError';
import { recordOf, textOf, type JsonRecord } from '../storage/json';
import type { KubeObject } from '../storage/Objects';
import { timestamp } from '../storage/timestamp';
import { AUTHENTICATION } from './reviewKinds';
import { ISSUER, type ServiceAccountTokens } from './ServiceAccountTokens';

const DEFAULT_SECONDS = 3600;
const MIN_SECONDS = 600;
const MAX_SECONDS = 2 ** 32;
const SUBJECT = { plural: '', group: AUTHENTICATION, kind: 'TokenRequest' };

/** Answers a POST to `serviceaccounts/NAME/token`. @throws ApiError 400, 404, 422 */
export function answerTokenRequest(
  tokens: ServiceAccountTokens,
  account: KubeObject,
  body: JsonRecord,
): JsonRecord {
  const spec = recordOf(body.spec);
  const given = Array.isArray(spec.audiences) ? spec.audiences.map(String) : [];
  const audiences = given.length > 0 ? given : [ISSUER];
  const expirationSeconds = secondsOf(spec);
  const issued = tokens.issue(account, {
    audiences,
    expirationSeconds,
    ...boundTo(spec),
  });
  const { name, namespace } = account.metadata;
  return {
    kind: SUBJECT.kind,
    apiVersion: `${AUTHENTICATION}/v1`,
    metadata: { name, namespace, creationTimestamp: null },
    spec: {
      audiences,
      expirationSeconds,
      boundObjectRef: spec.boundObjectRef ?? null,
    },
    status: {
      token: issued.token,
      expirationTimestamp: timestamp(issued.expires),
    },
  };
}

function secondsOf({ expirationSeconds }: JsonRecord): number {
  if (expirationSeconds === undefined || expirationSeconds === null)
    return DEFAULT_SECONDS;
  if (typeof expirationSeconds !== 'number')
    throw badRequest('spec.expirationSeconds is no number');
  const help =
    expirationSeconds < MIN_SECONDS
      ? 'may not specify a duration less than 10 minutes'
      : 'may not specify a duration larger than 2^32 seconds';
  if (expirationSeconds >= MIN_SECONDS && expirationSeconds <= MAX_SECONDS)
    return expirationSeconds;
  throw invalid(SUBJECT, '', [
    {
      reason: 'FieldValueInvalid',
      message: `Invalid value: ${expirationSeconds}: ${help}`,
      field: 'spec.expirationSeconds',
    },
  ]);
}

function boundTo(spec: JsonRecord) {
  if (!spec.boundObjectRef) return {};
  const { kind, name } = recordOf(spec.boundObjectRef);
  if (kind !== 'Pod' && kind !== 'Secret')
    throw badRequest(
      `cannot bind token for serviceaccount to type ${String(kind)}`,
    );
  return { bound: { kind, name: textOf(name) ?? '' } } as const;
}
