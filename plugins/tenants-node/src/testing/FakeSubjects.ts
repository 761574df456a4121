// SPDX-License-Identifier: Apache-2.0
import type { AccessReview } from '../kube/KubeApi';

/**
 * A right of one user or group.
 *
 * @public
 */
export type FakeGrant = {
  /** Name of the user or group. */
  readonly subject: string;
  readonly verb: string;
  /** With the subresource after a slash, such as `pods/log`. */
  readonly resource: string;
  /** Left out: in every namespace. */
  readonly namespace?: string;
};

/** What a fake cluster allows its subjects. `system:masters` may do everything, as in a real one. */
export class FakeSubjects {
  private readonly grants: FakeGrant[] = [];

  grant(rule: FakeGrant): void {
    this.grants.push(rule);
  }

  allow(review: AccessReview): boolean {
    const { user, groups, verb, resource, subresource, namespace } = review;
    const wanted = subresource ? `${resource}/${subresource}` : resource;
    const names = [user, ...groups];
    return (
      groups.includes('system:masters') ||
      this.grants.some(
        grant =>
          names.includes(grant.subject) &&
          grant.verb === verb &&
          grant.resource === wanted &&
          (grant.namespace === undefined || grant.namespace === namespace),
      )
    );
  }
}
