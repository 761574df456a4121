// SPDX-License-Identifier: Apache-2.0

/** @public */
export type StatusCause = { reason?: string; message?: string; field?: string };

/** @public */
export type StatusDetails = {
  name?: string;
  group?: string;
  kind?: string;
  uid?: string;
  causes?: StatusCause[];
  retryAfterSeconds?: number;
};

/** The body of a failed answer, as a Kubernetes API server writes it. @public */
export type Status = {
  kind: 'Status';
  apiVersion: 'v1';
  metadata: { continue?: string };
  status: 'Failure' | 'Success';
  message?: string;
  reason?: string;
  details?: StatusDetails;
  code?: number;
};

/** What a message about one object names. */
export type Subject = {
  readonly plural: string;
  readonly group: string;
  readonly kind?: string;
};

/** A failure the API answers with its own Status body. @public */
export class ApiError extends Error {
  readonly code: number;
  readonly reason: string;
  readonly details: StatusDetails | undefined;
  readonly continueToken: string | undefined;
  /** Answered as text, as where no API is. */
  readonly plain: boolean;

  constructor(options: {
    code: number;
    reason: string;
    message: string;
    details?: StatusDetails;
    continueToken?: string;
    plain?: boolean;
  }) {
    super(options.message);
    this.name = 'ApiError';
    this.code = options.code;
    this.reason = options.reason;
    this.details = options.details;
    this.continueToken = options.continueToken;
    this.plain = options.plain ?? false;
  }

  /** The Status body of this failure. */
  toStatus(): Status {
    return {
      kind: 'Status',
      apiVersion: 'v1',
      metadata: this.continueToken ? { continue: this.continueToken } : {},
      status: 'Failure',
      message: this.message,
      ...(this.reason && { reason: this.reason }),
      ...(this.details && { details: this.details }),
      code: this.code,
    };
  }
}

function detailsOf(subject: Subject, name?: string): StatusDetails {
  return {
    ...(name && { name }),
    ...(subject.group && { group: subject.group }),
    kind: subject.plural,
  };
}

function qualified(subject: Subject): string {
  return subject.group ? `${subject.plural}.${subject.group}` : subject.plural;
}

export function notFound(subject: Subject, name: string): ApiError {
  const message = `${qualified(subject)} "${name}" not found`;
  return new ApiError({
    code: 404,
    reason: 'NotFound',
    message,
    details: detailsOf(subject, name),
  });
}

export function alreadyExists(subject: Subject, name: string): ApiError {
  const message = `${qualified(subject)} "${name}" already exists`;
  return new ApiError({
    code: 409,
    reason: 'AlreadyExists',
    message,
    details: detailsOf(subject, name),
  });
}

export function conflict(
  subject: Subject,
  name: string,
  why?: string,
): ApiError {
  const because =
    why ??
    'the object has been modified; please apply your changes to the latest version and try again';
  const message = `Operation cannot be fulfilled on ${qualified(
    subject,
  )} "${name}": ${because}`;
  return new ApiError({
    code: 409,
    reason: 'Conflict',
    message,
    details: detailsOf(subject, name),
  });
}

export function forbidden(
  subject: Subject,
  name: string,
  problem: { why: string; causes?: StatusCause[] },
): ApiError {
  const who = name ? `${qualified(subject)} "${name}"` : qualified(subject);
  return new ApiError({
    code: 403,
    reason: 'Forbidden',
    message: `${who} is forbidden: ${problem.why}`,
    details: {
      ...detailsOf(subject, name),
      ...(problem.causes && { causes: problem.causes }),
    },
  });
}

export function invalid(
  subject: Subject,
  name: string,
  causes: StatusCause[],
): ApiError {
  const lines = [
    ...new Set(causes.map(cause => `${cause.field}: ${cause.message}`)),
  ];
  const text = lines.length === 1 ? lines[0] : `[${lines.join(', ')}]`;
  const kind = subject.kind ?? subject.plural;
  const group = subject.group ? `.${subject.group}` : '';
  return new ApiError({
    code: 422,
    reason: 'Invalid',
    message: `${kind}${group} "${name}" is invalid: ${text}`,
    details: {
      ...(name && { name }),
      ...(subject.group && { group: subject.group }),
      kind,
      causes,
    },
  });
}

export function badRequest(message: string): ApiError {
  return new ApiError({ code: 400, reason: 'BadRequest', message });
}

export function expired(message: string, continueToken?: string): ApiError {
  return new ApiError({ code: 410, reason: 'Expired', message, continueToken });
}

export function methodNotAllowed(): ApiError {
  const message =
    'the server does not allow this method on the requested resource';
  return new ApiError({
    code: 405,
    reason: 'MethodNotAllowed',
    message,
    details: {},
  });
}

export function noSuchPath(): ApiError {
  const message = 'the server could not find the requested resource';
  return new ApiError({ code: 404, reason: 'NotFound', message, details: {} });
}

/** The answer where no group of the API is. */
export function pageNotFound(): ApiError {
  return new ApiError({
    code: 404,
    reason: 'NotFound',
    message: '404 page not found',
    plain: true,
  });
}

export function unauthorized(): ApiError {
  return new ApiError({
    code: 401,
    reason: 'Unauthorized',
    message: 'Unauthorized',
  });
}

export function unsupportedMediaType(accepted: string): ApiError {
  const message = `the body of the request was in an unknown format - accepted media types include: ${accepted}`;
  return new ApiError({ code: 415, reason: 'UnsupportedMediaType', message });
}
