// SPDX-License-Identifier: Apache-2.0
import type { UserInfoService } from '@backstage/backend-plugin-api';
import {
  isResourcePermission,
  type Permission,
} from '@backstage/plugin-permission-common';
import {
  RESOURCE_TYPE_TENANT,
  type Tenant,
} from '@tenantry/backstage-plugin-tenants-common';
import type {
  KubeApi,
  TenantFacts,
} from '@tenantry/backstage-plugin-tenants-node';
import { hashText } from '../snapshots/contentVersion';
import type { Clock } from '../time/Clock';
import type { SecondGate } from './Access';
import type { Caller } from './Caller';
import { clusterRightFor, type ClusterRight } from './clusterRights';
import { DecisionCache } from './DecisionCache';
import type { IdentityDirectory } from './identity/IdentityDirectory';
import type { TenantDecision } from './TenantDecision';

/** Named limits of what clusters are asked. */
export const CLUSTER_GATE_LIMITS = {
  keptMs: 60_000,
  answers: 50_000,
  /** Questions to all clusters at once, for one request. */
  atOnce: 10,
  timeoutMs: 5_000,
} as const;

/** A tenant and where it lives. */
type PlacedTenant = {
  readonly facts: TenantFacts;
  readonly tenant: Pick<Tenant, 'environments'>;
};

type ClusterGateOptions = {
  readonly isGuarded: (cluster: string) => boolean;
  readonly tenants: () => Iterable<PlacedTenant>;
  readonly kubeApi: (cluster: string) => KubeApi | undefined;
  readonly identities: Pick<IdentityDirectory, 'on'>;
  readonly userInfo: UserInfoService;
  readonly ownershipOf: (userRef: string) => Promise<readonly string[]>;
  readonly clock: Pick<Clock, 'now'>;
  readonly onFailure: (cluster: string, error: unknown) => void;
};

/** Who asks, as one cluster knows them. */
type Subject = { readonly user: string; readonly groups: readonly string[] };
type Question = {
  readonly cluster: string;
  readonly namespace: string;
  readonly right: ClusterRight;
  readonly subject: Subject;
};

/**
 * Lets through what the clusters’ own RBAC allows too, on clusters configured so. A tenant that lives on several needs the right on
 * each of them, in all of its namespaces. A cluster that does not answer allows nothing.
 */
export class ClusterGate implements SecondGate {
  private readonly answers: DecisionCache<boolean>;

  constructor(private readonly options: ClusterGateOptions) {
    this.answers = new DecisionCache(options.clock, {
      keptMs: CLUSTER_GATE_LIMITS.keptMs,
      entries: CLUSTER_GATE_LIMITS.answers,
    });
  }

  async decide(
    caller: Caller,
    permission: Permission,
    allowed: TenantDecision,
  ): Promise<TenantDecision> {
    const { principal } = caller.credentials;
    // A service is no subject of a cluster; what it may do is written in the configuration.
    if (principal.type !== 'user') return allowed;
    if (!isResourcePermission(permission, RESOURCE_TYPE_TENANT)) return allowed;
    const right = clusterRightFor(permission.name);
    const asked = [...this.options.tenants()].filter(
      ({ facts }) => this.isGuarded(facts) && allowed.allows(facts),
    );
    const granted = new Set<string>();
    const viewers = asked.length === 0 ? [] : await this.viewersOf(caller);
    await inTurns(asked, async tenant => {
      const answers = await Promise.all(
        viewers.map(refs => this.allows(tenant, right, refs)),
      );
      if (answers.every(Boolean)) granted.add(tenant.facts.name);
    });
    return {
      ...allowed,
      id: hashText([allowed.id, ...[...granted].sort()].join(' ')),
      // A tenant that came to a guarded cluster since is refused until it has been asked for.
      allows: facts =>
        allowed.allows(facts) &&
        (!this.isGuarded(facts) || granted.has(facts.name)),
    };
  }

  private isGuarded({ clusters }: TenantFacts): boolean {
    return clusters.some(this.options.isGuarded);
  }

  /** Everybody who must have the right: the caller, and the one as whom the caller looks. */
  private async viewersOf(caller: Caller): Promise<(readonly string[])[]> {
    const { userEntityRef, ownershipEntityRefs } =
      await this.options.userInfo.getUserInfo(caller.credentials);
    const own = [userEntityRef, ...ownershipEntityRefs];
    if (caller.viewsAs === undefined) return [own];
    return [own, await this.options.ownershipOf(caller.viewsAs)];
  }

  private async allows(
    { tenant }: PlacedTenant,
    right: ClusterRight,
    refs: readonly string[],
  ): Promise<boolean> {
    const places = tenant.environments.filter(({ cluster }) =>
      this.options.isGuarded(cluster),
    );
    for (const { cluster, namespaces } of places) {
      const subject = this.subjectOn(cluster, refs);
      if (!subject) return false;
      const ask = (namespace: string) =>
        this.ask({ cluster, namespace, right, subject });
      // One question settles it for who may do it everywhere.
      if (await ask('')) continue;
      const answers = await Promise.all(namespaces.map(ask));
      if (!answers.every(Boolean)) return false;
    }
    return true;
  }

  private subjectOn(
    cluster: string,
    refs: readonly string[],
  ): Subject | undefined {
    const index = this.options.identities.on(cluster);
    const subjects = refs.flatMap(ref => index.subjectOf(ref) ?? []);
    const user = subjects.find(({ kind }) => kind === 'User');
    if (!user) return undefined;
    const groups = subjects.filter(({ kind }) => kind === 'Group');
    return {
      user: user.name,
      groups: [...new Set(groups.map(({ name }) => name))].sort(),
    };
  }

  private ask({
    cluster,
    namespace,
    right,
    subject,
  }: Question): Promise<boolean> {
    const key = JSON.stringify([cluster, namespace, right, subject]);
    const api = this.options.kubeApi(cluster);
    const review = async () => {
      if (!api) throw new Error(`${cluster} is not watched.`);
      return api.reviewAccess({
        ...right,
        ...subject,
        ...(namespace === '' ? {} : { namespace }),
        signal: AbortSignal.timeout(CLUSTER_GATE_LIMITS.timeoutMs),
      });
    };
    return this.answers.get(hashText(key), review).catch((error: unknown) => {
      this.options.onFailure(cluster, error);
      return false;
    });
  }
}

async function inTurns<T>(
  items: readonly T[],
  work: (item: T) => Promise<void>,
): Promise<void> {
  const waiting = items.values();
  const worker = async () => {
    for (const item of waiting) await work(item);
  };
  await Promise.all(Array.from({ length: CLUSTER_GATE_LIMITS.atOnce }, worker));
}
