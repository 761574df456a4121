// SPDX-License-Identifier: Apache-2.0
import {
  operationEventListSchema,
  operationListSchema,
  operationSchema,
  type OperationQuery,
} from '../operation';
import {
  IDEMPOTENCY_KEY_HEADER,
  type OperationRequestInput,
  type PlanRequestInput,
} from '../operationRequest';
import { planSchema } from '../plan';
import { revisionListSchema } from '../revision';
import { secretListSchema, type SecretInput } from '../secrets';
import { idempotencyKey } from './idempotencyKey';
import type { OperationsApi, StartOperationOptions } from './OperationsApi';
import type { TenantsCallOptions } from './TenantsCallOptions';
import {
  jsonRequest,
  tenantPath,
  toSearch,
  type TenantsHttp,
} from './TenantsHttp';

/** Plans, operations and secrets over HTTP. */
export class OperationsClient implements OperationsApi {
  constructor(private readonly http: TenantsHttp) {}

  plan(request: PlanRequestInput, options: TenantsCallOptions = {}) {
    const how = { ...options, schema: planSchema };
    return this.http.send('/v1/plan', request, how);
  }

  start(
    tenant: string,
    request: OperationRequestInput,
    options: StartOperationOptions = {},
  ) {
    const { idempotencyKey: key = idempotencyKey(), ...rest } = options;
    return this.http.send(`${tenantPath(tenant)}/operations`, request, {
      ...rest,
      schema: operationSchema,
      headers: { [IDEMPOTENCY_KEY_HEADER]: key },
    });
  }

  listOfTenant(
    tenant: string,
    query: Partial<OperationQuery> = {},
    options?: TenantsCallOptions,
  ) {
    const path = `${tenantPath(tenant)}/operations${toSearch(query)}`;
    return this.http.read(path, operationListSchema, options);
  }

  list(query: Partial<OperationQuery> = {}, options?: TenantsCallOptions) {
    const path = `/v1/operations${toSearch(query)}`;
    return this.http.read(path, operationListSchema, options);
  }

  get(operation: string, options?: TenantsCallOptions) {
    const path = operationPath(operation);
    return this.http.read(path, operationSchema, options);
  }

  listEvents(
    operation: string,
    query: { readonly after?: number; readonly limit?: number } = {},
    options?: TenantsCallOptions,
  ) {
    const path = `${operationPath(operation)}/events${toSearch(query)}`;
    return this.http.read(path, operationEventListSchema, options);
  }

  cancel(operation: string, options: TenantsCallOptions = {}) {
    const how = { ...options, schema: operationSchema };
    return this.http.send(`${operationPath(operation)}/cancel`, {}, how);
  }

  retry(operation: string, options: TenantsCallOptions = {}) {
    const how = { ...options, schema: operationSchema };
    return this.http.send(`${operationPath(operation)}/retry`, {}, how);
  }

  listRevisions(tenant: string, options?: TenantsCallOptions) {
    const path = `${tenantPath(tenant)}/revisions`;
    return this.http.read(path, revisionListSchema, options);
  }

  listSecrets(tenant: string, options?: TenantsCallOptions) {
    const path = `${tenantPath(tenant)}/secrets`;
    return this.http.read(path, secretListSchema, options);
  }

  async setSecret(
    tenant: string,
    secret: string,
    input: SecretInput,
    options: TenantsCallOptions = {},
  ) {
    const path = `${tenantPath(tenant)}/secrets/${encodeURIComponent(secret)}`;
    const response = await this.http.fetch(
      path,
      jsonRequest('PUT', input),
      options,
    );
    await response.body?.cancel();
  }
}

function operationPath(operation: string): string {
  return `/v1/operations/${encodeURIComponent(operation)}`;
}
