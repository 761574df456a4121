// SPDX-License-Identifier: Apache-2.0
import type {
  CatalogueModule,
  CatalogueRelease,
} from '@tenantry/backstage-plugin-tenants-node/definitions';
import type { DeadEnd } from './DeadEnd';
import { clusterInRange } from './ranges';
import { say, type ResolveContext } from './ResolveContext';

type Reason = Pick<DeadEnd, 'rule' | 'message' | 'advice' | 'candidates'>;
type Candidate = {
  readonly module: CatalogueModule;
  readonly release: CatalogueRelease;
};

/** Why a release may not be used here at all; `undefined` when it may. */
export function explainNotAllowed(
  candidate: Candidate,
  context: ResolveContext,
): Reason | undefined {
  return (
    wrongScope(candidate, context) ??
    wrongTier(candidate, context) ??
    wrongOwner(candidate, context) ??
    wrongCluster(candidate, context)
  );
}

function wrongScope(
  { module }: Candidate,
  { cluster }: ResolveContext,
): Reason | undefined {
  if (module.scope !== 'cluster') return undefined;
  const { name, owner } = module;
  const runs = cluster.running.has(name);
  return {
    rule: 'scope',
    message: runs
      ? `${name} runs once per cluster and is on ${cluster.name} already: tenants use it without having it.`
      : `${name} runs once per cluster, outside tenants, and is not on ${cluster.name}. Only the platform team can add it there.`,
    advice: runs
      ? []
      : [
          {
            label: `Ask ${owner ?? 'the platform team'} to install ${name} on ${
              cluster.name
            }.`,
          },
        ],
    candidates: [],
  };
}

function wrongTier(
  candidate: Candidate,
  { tier, environment }: ResolveContext,
): Reason | undefined {
  const { allowedTiers } = candidate.release;
  if (!allowedTiers || allowedTiers.includes(tier)) return undefined;
  return {
    rule: 'tier-not-allowed',
    message: `${say(candidate)} is for the ${plural(
      'tier',
      allowedTiers,
    )}; ${environment} has ${tier}.`,
    advice: [],
    candidates: allowedTiers.map(to => ({
      type: 'set-tier',
      environment,
      tier: to,
    })),
  };
}

function wrongOwner(
  candidate: Candidate,
  { owner }: ResolveContext,
): Reason | undefined {
  const { allowedOwners } = candidate.release;
  if (!allowedOwners || isAmong(owner, allowedOwners)) return undefined;
  return {
    rule: 'owner-not-allowed',
    message: `${say(candidate)} is only for tenants of ${allowedOwners.join(
      ', ',
    )}; this one belongs to ${owner ?? 'nobody'}.`,
    advice: [
      {
        label: `Ask ${candidate.module.owner ?? 'the platform team'} to allow ${
          owner ?? 'the tenant’s owner'
        }.`,
      },
    ],
    candidates: [],
  };
}

function wrongCluster(
  candidate: Candidate,
  { cluster }: ResolveContext,
): Reason | undefined {
  const { kubernetes } = candidate.release;
  const { version, name } = cluster;
  if (kubernetes === undefined || version === undefined) return undefined;
  if (clusterInRange(version, kubernetes)) return undefined;
  return {
    rule: 'kubernetes-version',
    message: `${say(
      candidate,
    )} needs Kubernetes ${kubernetes}; ${name} has ${version}.`,
    advice: [{ label: `Choose a cluster with Kubernetes ${kubernetes}.` }],
    candidates: [],
  };
}

/** Whether an entity reference is in a list. References are compared without case. */
export function isAmong(
  ref: string | undefined,
  list: readonly string[],
): boolean {
  const wanted = ref?.toLowerCase();
  return list.some(entry => entry.toLowerCase() === wanted);
}

function plural(noun: string, names: readonly string[]): string {
  return names.length === 1
    ? `${noun} ${names[0]}`
    : `${noun}s ${names.join(', ')}`;
}
