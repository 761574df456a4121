// SPDX-License-Identifier: Apache-2.0
import type {
  Operation,
  OperationEventList,
  OperationList,
  OperationQuery,
} from '../operation';
import type {
  OperationRequestInput,
  PlanRequestInput,
} from '../operationRequest';
import type { Plan } from '../plan';
import type { RevisionList } from '../revision';
import type { SecretInput, SecretList } from '../secrets';
import type { TenantsCallOptions } from './TenantsCallOptions';

/**
 * How an operation is started.
 *
 * @public
 */
export type StartOperationOptions = TenantsCallOptions & {
  /** The same key makes a repeated call the same operation. Made for the call when left out, so that only the transport's own repeats are the same. */
  readonly idempotencyKey?: string;
};

/**
 * Everything that changes a cluster, and what it would do.
 *
 * @public
 */
export interface OperationsApi {
  /** Says what an operation would do; changes nothing. @throws ResponseError 403, 404, and 400 that names the field. */
  plan(request: PlanRequestInput, options?: TenantsCallOptions): Promise<Plan>;
  /**
   * Starts an operation.
   *
   * @throws ResponseError 409 when the plan that was looked at no longer holds, 422 with the refusals when it cannot be done
   */
  start(
    tenant: string,
    request: OperationRequestInput,
    options?: StartOperationOptions,
  ): Promise<Operation>;
  /** Operations of one tenant, newest first. */
  listOfTenant(
    tenant: string,
    query?: Partial<OperationQuery>,
    options?: TenantsCallOptions,
  ): Promise<OperationList>;
  /** Operations of all tenants, newest first; for the platform team. */
  list(
    query?: Partial<OperationQuery>,
    options?: TenantsCallOptions,
  ): Promise<OperationList>;
  /** One operation as it is now. @throws ResponseError 404 when there is none or the caller may not see its tenant. */
  get(operation: string, options?: TenantsCallOptions): Promise<Operation>;
  /** Lines of an operation's log after a sequence number. */
  listEvents(
    operation: string,
    query?: { readonly after?: number; readonly limit?: number },
    options?: TenantsCallOptions,
  ): Promise<OperationEventList>;
  /** Asks an operation to stop. Answers with it as it is now, which may still be `cancelling`. */
  cancel(operation: string, options?: TenantsCallOptions): Promise<Operation>;
  /** Starts a failed or cancelled operation again, as a new one. */
  retry(operation: string, options?: TenantsCallOptions): Promise<Operation>;
  /** What a tenant’s environments were after each operation, newest first. @throws ResponseError 404 when there is no such tenant or the caller may not see it. */
  listRevisions(
    tenant: string,
    options?: TenantsCallOptions,
  ): Promise<RevisionList>;
  /** Which secrets are set. */
  listSecrets(
    tenant: string,
    options?: TenantsCallOptions,
  ): Promise<SecretList>;
  /** Sets a secret; its value can never be read back. */
  setSecret(
    tenant: string,
    secret: string,
    input: SecretInput,
    options?: TenantsCallOptions,
  ): Promise<void>;
}
