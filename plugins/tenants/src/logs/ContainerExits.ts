// SPDX-License-Identifier: Apache-2.0
import type {
  Container,
  LogSource,
  Tenant,
} from '@tenantry/backstage-plugin-tenants-common';
import type { LogEnd } from './LogIntake';

/** How a container ended. */
export type ContainerExit = NonNullable<Container['lastExit']>;

/** The kubelet notes the end of a container in whole seconds, its lines more finely. */
const WHOLE_SECOND_MS = 1_000;

function findContainer(tenant: Tenant, source: LogSource) {
  return tenant.environments
    .filter(e => e.cluster === source.cluster && e.name === source.environment)
    .flatMap(e => e.modules)
    .flatMap(m => m.workloads)
    .flatMap(w => w.pods)
    .find(p => p.name === source.pod && p.namespace === source.namespace)
    ?.containers.find(c => c.name === source.container);
}

/** The end of the container that belongs to the end of its log: an older one is of a run before it. */
function findExit(tenant: Tenant, end: LogEnd): ContainerExit | undefined {
  const container = findContainer(tenant, end.source);
  if (container?.state === 'terminated' && container.exitCode !== undefined) {
    return { code: container.exitCode, reason: container.reason ?? '' };
  }
  const exit = container?.lastExit;
  if (exit?.at === undefined) return exit;
  const isOlder = Date.parse(exit.at) + WHOLE_SECOND_MS < end.after;
  return isOlder ? undefined : exit;
}

/**
 * How the containers of one log ended, by the key of the row that says so. Of one that ends while it is followed the log itself does not
 * know; the tenant does, a moment later, and only of the last run. So what was found is kept, for as long as its row is.
 */
export class ContainerExits {
  readonly #found = new Map<number, ContainerExit>();

  /** Looks for what is not known yet. Doing so twice changes nothing. */
  update(
    log: {
      readonly ends: readonly LogEnd[];
      readonly exits?: ReadonlyMap<number, ContainerExit>;
      readonly firstKey: number;
    },
    tenant: Tenant,
  ): void {
    for (const [key, exit] of log.exits ?? []) this.#found.set(key, exit);
    for (const end of log.ends) {
      const exit =
        this.#found.get(end.key) ?? end.exit ?? findExit(tenant, end);
      if (exit) this.#found.set(end.key, exit);
    }
    for (const key of this.#found.keys()) {
      if (key < log.firstKey) this.#found.delete(key);
    }
  }

  /** `undefined` while it is not known. */
  get(key: number): ContainerExit | undefined {
    return this.#found.get(key);
  }
}
