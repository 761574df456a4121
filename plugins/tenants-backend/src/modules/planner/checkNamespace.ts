// SPDX-License-Identifier: Apache-2.0
import type {
  Refusal,
  Tenant,
} from '@tenantry/backstage-plugin-tenants-common';
import type { LiveObject } from '../LiveObject';
import { isReservedNamespace } from '../../records/namespaceName';
import { field, objectField } from '../manifests/jsonValue';
import type { TargetSpec } from '../plan';

type NamespaceInput = {
  readonly target: TargetSpec;
  readonly namespace: string;
  /** Absent: there is none. */
  readonly live: LiveObject | undefined;
  readonly tenant: string;
  /** What the watch knows of the tenant. */
  readonly known: Tenant | undefined;
};

/** Why an environment cannot be put into a namespace; `undefined` when it can. */
export function checkNamespace(input: NamespaceInput): Refusal | undefined {
  const { target, namespace, live } = input;
  const { spec, previous, adopts } = target;
  if (!previous && isReservedNamespace(namespace)) {
    return refusal(input, 'invalid-name', {
      message: `A namespace ${namespace} would be the cluster’s own, not a tenant’s.`,
      fixes: [
        {
          label: adopts
            ? `Leave out ${namespace}.`
            : 'Take another name for the tenant.',
        },
      ],
    });
  }
  if (live && field(objectField(live, 'metadata'), 'deletionTimestamp')) {
    return refusal(input, 'name-taken', {
      message: `The namespace ${namespace} on ${spec.cluster} is being deleted. Wait until it is gone.`,
      fixes: [{ label: `Plan again when ${namespace} is gone.` }],
    });
  }
  if (adopts) return checkAdopted(input);
  if (!live || previous) return undefined;
  return refusal(input, 'name-taken', {
    message: `There is a namespace ${namespace} on ${spec.cluster} that Tenantry did not create.`,
    fixes: [
      { label: 'Take another name for the tenant or the environment.' },
      { label: `Adopt ${namespace}, where it belongs to this tenant.` },
    ],
  });
}

/** Only what its labels already count as this tenant’s can be adopted: nobody takes a namespace by naming it. */
function checkAdopted(input: NamespaceInput): Refusal | undefined {
  const { target, namespace, live, tenant, known } = input;
  const { cluster } = target.spec;
  if (!live) {
    return refusal(input, 'not-ours', {
      message: `There is no namespace ${namespace} on ${cluster}.`,
      fixes: [{ label: 'Name one that is there, or create an environment.' }],
    });
  }
  const isTheirs = known?.environments.some(
    environment =>
      environment.cluster === cluster &&
      environment.namespaces.includes(namespace),
  );
  if (isTheirs) return undefined;
  return refusal(input, 'not-ours', {
    message: `The namespace ${namespace} on ${cluster} does not belong to ${tenant}.`,
    fixes: [
      {
        label: `Ask the platform team to label ${namespace} with the tenant’s name.`,
      },
    ],
  });
}

function refusal(
  { target, namespace }: NamespaceInput,
  rule: Refusal['rule'],
  said: Pick<Refusal, 'message'> & Partial<Pick<Refusal, 'fixes'>>,
): Refusal {
  const { name } = target.spec;
  return {
    rule,
    environment: name,
    subject: namespace,
    chain: [name, namespace],
    fixes: [],
    ...said,
  };
}
