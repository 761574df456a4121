// SPDX-License-Identifier: Apache-2.0
import type { IncomingMessage } from 'node:http';
import { ApiError, type StatusCause } from '../storage/ApiError';
import type { WriteOptions } from '../storage/ClusterObjects';
import type { Manager } from '../storage/fields/ManagedFields';
import type { RequestInfo } from './RequestInfo';

const MAX_MANAGER = 128;
const AGENT_NAME = /^[^/\s]*/;

/** How a write is to be carried out, from its parameters. @throws ApiError 400, 422 */
export function writeOptions(
  info: RequestInfo,
  request: IncomingMessage,
): WriteOptions & { readonly manager: Manager } {
  const given = info.query.get('fieldManager') ?? '';
  if (given.length > MAX_MANAGER)
    throw badOption(info.verb, {
      reason: 'FieldValueTooLong',
      message: `Too long: may not be more than ${MAX_MANAGER} bytes`,
      field: 'fieldManager',
    });
  const agent = AGENT_NAME.exec(request.headers['user-agent'] ?? '')?.[0];
  return {
    dryRun: isDryRun(info),
    call: info.call,
    manager: {
      name: given || agent || 'unknown',
      operation: 'Update',
      ...(info.subresource && { subresource: info.subresource }),
    },
  };
}

/** The applier of an apply. @throws ApiError 422 when it is not named */
export function applier({ query, subresource }: RequestInfo): Manager {
  const name = query.get('fieldManager');
  if (!name)
    throw badOption('patch', {
      reason: 'FieldValueRequired',
      message: 'Required value: is required for apply patch',
      field: 'fieldManager',
    });
  return { name, operation: 'Apply', ...(subresource && { subresource }) };
}

function isDryRun(info: RequestInfo): boolean {
  const values = info.query.getAll('dryRun');
  checkDryRun(info.verb, values);
  return values.length > 0;
}

/** @throws ApiError 422 for any value but `All` */
export function checkDryRun(verb: string, values: readonly unknown[]): void {
  if (values.every(value => value === 'All')) return;
  const list = values.map(value => JSON.stringify(value)).join(', ');
  throw badOption(verb, {
    reason: 'FieldValueNotSupported',
    message: `Unsupported value: []string{${list}}: supported values: "All"`,
    field: 'dryRun',
  });
}

const OPTIONS: Readonly<Record<string, string>> = {
  create: 'CreateOptions',
  update: 'UpdateOptions',
  patch: 'PatchOptions',
  delete: 'DeleteOptions',
  deletecollection: 'DeleteOptions',
  list: 'ListOptions',
  watch: 'ListOptions',
};

/** The answer to a parameter that makes no sense. */
export function badOption(verb: string, cause: StatusCause): ApiError {
  const kind = OPTIONS[verb] ?? OPTIONS.list;
  return new ApiError({
    code: 422,
    reason: 'Invalid',
    message: `${kind}.meta.k8s.io "" is invalid: ${cause.field}: ${cause.message}`,
    details: { group: 'meta.k8s.io', kind, causes: [cause] },
  });
}
