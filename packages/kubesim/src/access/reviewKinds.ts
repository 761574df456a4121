// SPDX-License-Identifier: Apache-2.0

/** A kind that is asked and answered but never stored. */
export type ReviewKind = {
  readonly group: string;
  readonly plural: string;
  readonly kind: string;
  readonly namespaced: boolean;
};

export const AUTHORIZATION = 'authorization.k8s.io';
export const AUTHENTICATION = 'authentication.k8s.io';

export const REVIEW_KINDS: readonly ReviewKind[] = [
  row(AUTHENTICATION, 'SelfSubjectReview'),
  row(AUTHENTICATION, 'TokenReview'),
  row(AUTHORIZATION, 'LocalSubjectAccessReview', true),
  row(AUTHORIZATION, 'SelfSubjectAccessReview'),
  row(AUTHORIZATION, 'SelfSubjectRulesReview'),
  row(AUTHORIZATION, 'SubjectAccessReview'),
];

function row(group: string, kind: string, namespaced = false): ReviewKind {
  return { group, kind, plural: `${kind.toLowerCase()}s`, namespaced };
}

/** The review a path such as `/apis/authorization.k8s.io/v1/subjectaccessreviews` asks for. */
export function reviewKindOf(pathname: string): {
  readonly kind: ReviewKind | undefined;
  readonly namespace: string | undefined;
} {
  const [root, group, version, ...rest] = pathname.split('/').filter(Boolean);
  const nested = rest[0] === 'namespaces' && rest.length === 3;
  const plural = nested ? rest[2] : rest[0];
  const known =
    root === 'apis' && version === 'v1' && (nested || rest.length === 1);
  const kind = REVIEW_KINDS.find(
    item =>
      known &&
      item.group === group &&
      item.plural === plural &&
      item.namespaced === nested,
  );
  return { kind, namespace: nested ? decodeURIComponent(rest[1]) : undefined };
}
