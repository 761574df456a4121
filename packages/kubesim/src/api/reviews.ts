// SPDX-License-Identifier: Apache-2.0
import type { Attributes } from '../access/Attributes';
import type { Authenticator } from '../access/Authenticator';
import type { Authorizer } from '../access/Authorizer';
import type { Caller } from '../access/Caller';
import type { PolicyRule } from '../access/PolicyRule';
import { AUTHORIZATION, type ReviewKind } from '../access/reviewKinds';
import { ApiError, badRequest } from '../storage/ApiError';
import { isRecord, recordOf, textOf, type JsonRecord } from '../storage/json';

export type ReviewCall = {
  readonly kind: ReviewKind;
  readonly namespace: string | undefined;
  readonly body: JsonRecord;
  readonly caller: Caller;
};
type Ports = {
  readonly authenticator: Authenticator;
  readonly authorizer: Authorizer;
};

const ONE_OF =
  'exactly one of nonResourceAttributes or resourceAttributes must be specified';

/** Answers a review: the request with its `status`. @throws ApiError 400, 422 */
export function review(ports: Ports, call: ReviewCall): JsonRecord {
  const { body, caller, kind } = call;
  const { namespace } = recordOf(body.metadata);
  return {
    kind: kind.kind,
    apiVersion: `${kind.group}/v1`,
    metadata: {
      ...(namespace !== undefined && { namespace }),
      creationTimestamp: null,
    },
    ...(isRecord(body.spec) && { spec: body.spec }),
    status: statusOf(ports, { ...call, caller }),
  };
}

function statusOf(ports: Ports, call: ReviewCall): JsonRecord {
  const { body, caller } = call;
  const spec = recordOf(body.spec);
  switch (call.kind.kind) {
    case 'SelfSubjectReview':
      return { userInfo: userInfo(caller) };
    case 'TokenReview':
      return tokenStatus(ports, spec);
    case 'SelfSubjectRulesReview':
      return rulesStatus(ports, caller, spec);
    case 'SelfSubjectAccessReview':
      return accessStatus(ports, caller, attributesIn(spec));
    default:
      return accessStatus(ports, subjectOf(call, spec), attributesIn(spec));
  }
}

function accessStatus(
  { authorizer }: Ports,
  caller: Caller,
  asked: Attributes,
): JsonRecord {
  const { allowed, reason } = authorizer.decide(caller, asked);
  return { allowed, ...(reason && { reason }) };
}

function attributesIn(spec: JsonRecord): Attributes {
  const { resourceAttributes, nonResourceAttributes } = spec;
  if (isRecord(resourceAttributes) && isRecord(nonResourceAttributes)) {
    throw unreviewable({
      message: `Invalid value: ${JSON.stringify(
        nonResourceAttributes,
      )}: cannot be specified in combination with resourceAttributes`,
      field: 'spec.nonResourceAttributes',
    });
  }
  if (isRecord(nonResourceAttributes)) {
    const { verb, path } = nonResourceAttributes;
    return { verb: textOf(verb) ?? '', path: textOf(path) ?? '' };
  }
  if (!isRecord(resourceAttributes)) {
    throw unreviewable({
      message: `Invalid value: "null": ${ONE_OF}`,
      field: 'spec.resourceAttributes',
    });
  }
  const text = (key: string) => textOf(resourceAttributes[key]) || undefined;
  return {
    verb: text('verb') ?? '',
    group: text('group') ?? '',
    resource: text('resource') ?? '',
    subresource: text('subresource'),
    namespace: text('namespace'),
    name: text('name'),
  };
}

/** Whom a review is about. @throws ApiError 422 */
function subjectOf({ kind, namespace }: ReviewCall, spec: JsonRecord): Caller {
  const user = textOf(spec.user) ?? '';
  const groups = textsOf(spec.groups);
  if (!user && groups.length === 0) {
    throw unreviewable({
      message:
        'Invalid value: "": at least one of user or group must be specified',
      field: 'spec.user',
    });
  }
  const asked = textOf(recordOf(spec.resourceAttributes).namespace) ?? '';
  if (kind.namespaced && asked !== namespace) {
    throw unreviewable({
      message: `Invalid value: ${JSON.stringify(
        asked,
      )}: must match metadata.namespace`,
      field: 'spec.resourceAttributes.namespace',
    });
  }
  return { user, groups, uid: textOf(spec.uid) };
}

function unreviewable(cause: { message: string; field: string }): ApiError {
  // The real server leaves the kind out here.
  return new ApiError({
    code: 422,
    reason: 'Invalid',
    message: `.${AUTHORIZATION} "" is invalid: ${cause.field}: ${cause.message}`,
    details: {
      group: AUTHORIZATION,
      causes: [{ reason: 'FieldValueInvalid', ...cause }],
    },
  });
}

function tokenStatus({ authenticator }: Ports, spec: JsonRecord): JsonRecord {
  const token = textOf(spec.token);
  if (!token)
    throw badRequest('token is required for TokenReview in authentication');
  const wanted = textsOf(spec.audiences);
  const holder = authenticator.holder(
    token,
    wanted.length > 0 ? wanted : undefined,
  );
  if (!holder) return { user: {}, error: 'invalid bearer token' };
  return {
    authenticated: true,
    user: userInfo(holder.caller),
    audiences: holder.audiences,
  };
}

function userInfo({ user, uid, groups, extra }: Caller): JsonRecord {
  return {
    username: user,
    ...(uid && { uid }),
    groups,
    ...(extra && Object.keys(extra).length > 0 && { extra }),
  };
}

function rulesStatus(
  { authorizer }: Ports,
  caller: Caller,
  spec: JsonRecord,
): JsonRecord {
  const namespace = textOf(spec.namespace);
  if (!namespace) throw badRequest('no namespace on request');
  const { rules, problems } = authorizer.rulesOf(caller, namespace);
  return {
    resourceRules: rules
      .filter(rule => rule.resources.length > 0)
      .map(ofResources),
    nonResourceRules: rules
      .filter(rule => rule.nonResourceURLs.length > 0)
      .map(({ verbs, nonResourceURLs }) => ({ verbs, nonResourceURLs })),
    incomplete: problems.length > 0,
    ...(problems.length > 0 && { evaluationError: problems.join(', ') }),
  };
}

function ofResources(rule: PolicyRule): JsonRecord {
  const { verbs, apiGroups, resources, resourceNames } = rule;
  return {
    verbs,
    apiGroups,
    resources,
    ...(resourceNames.length > 0 && { resourceNames }),
  };
}

function textsOf(value: unknown): string[] {
  return Array.isArray(value)
    ? value.filter(item => typeof item === 'string')
    : [];
}
