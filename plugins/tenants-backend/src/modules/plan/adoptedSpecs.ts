// SPDX-License-Identifier: Apache-2.0
import type {
  EnvironmentSpec,
  OperationRequest,
} from '@tenantry/backstage-plugin-tenants-common';
import { checkOwner } from './checkOwner';
import { refuseRequest } from './refuseRequest';
import { takenBySomebody } from './takenBySomebody';
import type { TargetSpecs, TargetState } from './targetSpecs';

type AdoptRequest = Extract<OperationRequest, { type: 'adopt' }>;

/** Namespaces that are there as one environment, without modules. The first is where modules will go. */
export function adoptedSpecs(
  request: AdoptRequest,
  state: TargetState,
): TargetSpecs {
  const { environment, cluster, tier } = request;
  const namespaces = [...new Set(request.namespaces)];
  const lost = takenBySomebody(state) ?? managedAlready(request, state);
  if (lost) return lost;
  const taken = state.records.some(
    record => record.environment === environment,
  );
  if (taken) {
    return refuseRequest({
      rule: 'name-taken',
      subject: environment,
      message: `${state.tenant} has an environment ${environment} already. Adopt under another name.`,
    });
  }
  const { owner, refusals } = checkOwner(request.owner, state);
  const spec: EnvironmentSpec = {
    name: environment,
    cluster,
    tier,
    modules: [],
    members: [],
    asleep: false,
    overrides: {},
  };
  return {
    targets: [
      {
        spec,
        state: 'active',
        ...(owner !== undefined && { owner }),
        namespaces,
        releases: {},
        adopts: true,
      },
    ],
    refusals,
    notes: [
      {
        environment,
        subject: environment,
        kind: 'warning',
        message: `The quota and limits of ${tier}, Pod Security and network policies that deny by default will hold for what runs in ${namespacesText(
          namespaces,
        )}.`,
      },
    ],
  };
}

/** `a`, or `each of a, b and c; modules go into a`. */
function namespacesText(namespaces: readonly string[]): string {
  const [first = '', ...more] = namespaces;
  const last = more.pop();
  if (last === undefined) return first;
  return `each of ${[first, ...more].join(
    ', ',
  )} and ${last}. Modules go into ${first}`;
}

/** A namespace is of one environment: two would undo what the other does. */
function managedAlready(
  { cluster, namespaces }: AdoptRequest,
  { records }: TargetState,
): TargetSpecs | undefined {
  for (const record of records) {
    const taken = namespaces.find(
      name => record.cluster === cluster && record.namespaces.includes(name),
    );
    if (taken !== undefined) {
      return refuseRequest({
        rule: 'name-taken',
        subject: taken,
        message: `The namespace ${taken} on ${cluster} is of the environment ${record.environment} already.`,
        fix: `Leave out ${taken}, or change ${record.environment} instead.`,
      });
    }
  }
  return undefined;
}
