// SPDX-License-Identifier: Apache-2.0
import type {
  PermissionsService,
  PermissionsServiceRequestOptions,
} from '@backstage/backend-plugin-api';
import {
  AuthorizeResult,
  type PolicyDecision,
} from '@backstage/plugin-permission-common';

type Query = { readonly permission: { readonly name: string } };

/** What a user may do unless told otherwise. */
const ALLOW: PolicyDecision = { result: AuthorizeResult.ALLOW };

/** A policy that answers as a test says, per user. Services may do everything, as in the framework. */
export class FakePolicy implements PermissionsService {
  private readonly byUser = new Map<string, PolicyDecision>();
  private readonly deniedOnes = new Set<string>();
  private readonly byPermission = new Map<string, PolicyDecision>();
  private failing = false;
  private asked = 0;

  /** How often it was asked. */
  get questions(): number {
    return this.asked;
  }

  /** Sets what a user gets for every permission. */
  decide(user: string, decision: PolicyDecision): void {
    this.byUser.set(user, decision);
  }

  /** Sets what a user gets for one permission. */
  decideFor(
    user: string,
    permission: { readonly name: string },
    decision: PolicyDecision,
  ): void {
    this.byPermission.set(`${user} ${permission.name}`, decision);
  }

  /** Refuses a user everything. */
  deny(user: string): void {
    this.decide(user, { result: AuthorizeResult.DENY });
  }

  /** Refuses a user one permission. */
  denyOne(user: string, permission: string): void {
    this.deniedOnes.add(`${user} ${permission}`);
  }

  /** Takes that back. */
  allowOne(user: string, permission: string): void {
    this.deniedOnes.delete(`${user} ${permission}`);
  }

  /** Lets every question fail, or no more. */
  fail(failing = true): void {
    this.failing = failing;
  }

  authorize: PermissionsService['authorize'] = async (requests, options) =>
    this.answer(requests, options).map(({ result }) => ({
      result:
        result === AuthorizeResult.ALLOW
          ? AuthorizeResult.ALLOW
          : AuthorizeResult.DENY,
    }));

  authorizeConditional: PermissionsService['authorizeConditional'] = async (
    requests,
    options,
  ) => this.answer(requests, options);

  private answer(
    requests: readonly Query[],
    options: PermissionsServiceRequestOptions | undefined,
  ): PolicyDecision[] {
    this.asked += requests.length;
    if (this.failing) throw new Error('The policy cannot be reached.');
    const user = options && 'credentials' in options ? subject(options) : '';
    return requests.map(({ permission }) =>
      this.deniedOnes.has(`${user} ${permission.name}`)
        ? { result: AuthorizeResult.DENY }
        : this.byPermission.get(`${user} ${permission.name}`) ??
          this.byUser.get(user) ??
          ALLOW,
    );
  }
}

function subject({
  credentials,
}: Extract<
  PermissionsServiceRequestOptions,
  { credentials: unknown }
>): string {
  const { principal } = credentials;
  const named =
    typeof principal === 'object' &&
    principal !== null &&
    'userEntityRef' in principal;
  return named ? String(principal.userEntityRef) : 'service';
}
