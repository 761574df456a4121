// SPDX-License-Identifier: Apache-2.0
import { recordOf, textOf, type JsonRecord } from '../storage/json';
import type { Access, Attributes, TokenGrant } from './Access';

/** Kinds that are asked and answered but never stored. */
export const REVIEW_KINDS: Readonly<Record<string, string>> = {
  selfsubjectaccessreviews: 'SelfSubjectAccessReview',
  selfsubjectrulesreviews: 'SelfSubjectRulesReview',
};

/** Answers a review: the request body with its `status`. */
export function review(
  resource: string,
  body: JsonRecord,
  caller: { access: Access; grant: TokenGrant },
): JsonRecord {
  const spec = recordOf(body.spec);
  if (resource === 'selfsubjectrulesreviews')
    return { ...body, metadata: {}, status: rulesOf(caller.grant) };
  const asked = recordOf(spec.resourceAttributes);
  const attributes: Attributes = {
    verb: textOf(asked.verb) ?? '',
    group: textOf(asked.group) ?? '',
    resource: textOf(asked.resource) ?? '',
    subresource: textOf(asked.subresource),
    namespace: textOf(asked.namespace),
    name: textOf(asked.name),
  };
  return {
    ...body,
    metadata: {},
    status: { allowed: caller.access.allows(caller.grant, attributes) },
  };
}

function rulesOf(grant: TokenGrant): JsonRecord {
  const verbs = grant.access === 'admin' ? ['*'] : ['get', 'list', 'watch'];
  return {
    resourceRules: [{ verbs, apiGroups: ['*'], resources: ['*'] }],
    nonResourceRules: [{ verbs, nonResourceURLs: ['*'] }],
    incomplete: false,
  };
}
