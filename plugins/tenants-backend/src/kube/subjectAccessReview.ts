// SPDX-License-Identifier: Apache-2.0
import type { AccessReview } from '@tenantry/backstage-plugin-tenants-node';

/** The object that asks a cluster whether somebody may do something. */
export function subjectAccessReview(review: AccessReview): object {
  const { user, groups, namespace, verb, group, resource, subresource } =
    review;
  return {
    apiVersion: 'authorization.k8s.io/v1',
    kind: 'SubjectAccessReview',
    spec: {
      user,
      // Whoever is known to a cluster at all is in this group.
      groups: [...groups, 'system:authenticated'],
      resourceAttributes: { namespace, verb, group, resource, subresource },
    },
  };
}
