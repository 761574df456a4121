// SPDX-License-Identifier: Apache-2.0

/**
 * One thing a server named as the cause of a refusal. Never a value.
 *
 * @public
 */
export type KubeErrorCause = {
  /** Such as `FieldManagerConflict`, `FieldValueRequired`, `NamespaceTerminating`. */
  readonly reason: string;
  /** Path of the field, such as `.spec.replicas`. */
  readonly field?: string;
  /** Who manages the field, of a `FieldManagerConflict`. */
  readonly manager?: string;
};

/** What is known of a failed call to an API server; no token, body or object is in it. @public */
export type KubeErrorDetails = {
  readonly cluster: string;
  /** HTTP status; `undefined` when no answer came. */
  readonly status?: number;
  /** `reason` of the Kubernetes Status, or `Unreachable`, `Timeout`, `TlsRefused`, `BadAnswer`, `CredentialRefused`, `ProxyRefused`, `ProxyFailed`, `InvalidName`, `InvalidRequest`, `Aborted`. */
  readonly reason: string;
  /** What was asked for, such as `pods` or `pods/log`; never a path with secrets. */
  readonly resource: string;
  /** From `Retry-After`, in milliseconds. */
  readonly retryAfterMs?: number;
  /** What the server says is wrong, at most 100. */
  readonly causes?: readonly KubeErrorCause[];
};

/**
 * A failed call to an API server. Ask with the predicates, never by message text.
 * The message holds no token, no body and no object.
 *
 * @public
 */
export class KubeError extends Error implements KubeErrorDetails {
  /** The cluster’s name in the portal. */
  readonly cluster: string;
  /** HTTP status; `undefined` when no answer came. */
  readonly status?: number;
  /** In one word, why: that of the Kubernetes Status, or one of those that {@link KubeErrorDetails} names. */
  readonly reason: string;
  /** What was asked for, such as `pods` or `pods/log`. */
  readonly resource: string;
  /** How long the server asks to wait, in milliseconds; `undefined` when it does not say. */
  readonly retryAfterMs?: number;
  /** What the server says is wrong, at most 100; `undefined` when it names nothing. */
  readonly causes?: readonly KubeErrorCause[];

  constructor(message: string, details: KubeErrorDetails, cause?: unknown) {
    super(message, { cause });
    this.name = 'KubeError';
    this.cluster = details.cluster;
    this.status = details.status;
    this.reason = details.reason;
    this.resource = details.resource;
    this.retryAfterMs = details.retryAfterMs;
    this.causes = details.causes;
  }
}

function has(error: unknown, test: (e: KubeError) => boolean): boolean {
  return error instanceof KubeError && test(error);
}

/** The resource version or `continue` token is too old: list again. @public */
export function isExpired(error: unknown): boolean {
  return has(error, e => e.status === 410 || e.reason === 'Expired');
}

/** There is no such object, or the server does not serve its kind. @public */
export function isNotFound(error: unknown): boolean {
  return has(error, e => e.status === 404);
}

/** The server knows who asks and says no: a right is missing, or admission, such as a quota, refuses. @public */
export function isForbidden(error: unknown): boolean {
  return has(error, e => e.status === 403);
}

/** The credentials were refused; new ones may be accepted. @public */
export function isUnauthenticated(error: unknown): boolean {
  return has(error, e => e.status === 401 || e.reason === 'CredentialRefused');
}

/** Without a status, and not for want of an answer: asking again would end the same way. */
const NOT_ASKED = ['CredentialRefused', 'InvalidName', 'InvalidRequest'];

/** No answer came: connection, name, TLS or time. @public */
export function isUnreachable(error: unknown): boolean {
  return has(
    error,
    e => e.status === undefined && !NOT_ASKED.includes(e.reason),
  );
}

/** Another manager owns a field, or the object is not at the version the caller saw. @public */
export function isConflict(error: unknown): boolean {
  return has(error, e => e.status === 409 && e.reason === 'Conflict');
}

/** There is an object of that name already. @public */
export function isAlreadyExists(error: unknown): boolean {
  return has(error, e => e.status === 409 && e.reason === 'AlreadyExists');
}

/** The server understood the object and does not take it. @public */
export function isInvalid(error: unknown): boolean {
  return has(error, e => e.status === 422 || e.status === 400);
}
