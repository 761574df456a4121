// SPDX-License-Identifier: Apache-2.0
import {
  isExpired,
  type KubeApi,
  type ListOptions,
  type ResourceType,
} from '@tenantry/backstage-plugin-tenants-node';

export type ListAllOptions<T> = Pick<
  ListOptions<T>,
  'namespace' | 'project' | 'onUnreadable' | 'signal'
> & {
  /** Called for each page. */
  readonly onPage: () => void;
};

export type WholeList<T> = {
  readonly items: readonly T[];
  readonly resourceVersion: string;
};

const pageSize = 500;
/** How often paging begins anew when its `continue` token expires on the way. */
const maxRestarts = 3;

async function listOnce<T>(
  api: KubeApi,
  type: ResourceType,
  options: ListAllOptions<T>,
): Promise<WholeList<T>> {
  const { onPage, ...rest } = options;
  const items: T[] = [];
  let next: string | undefined;
  for (;;) {
    const page = await api.list(type, {
      ...rest,
      limit: pageSize,
      continue: next,
    });
    onPage();
    for (const item of page.items) items.push(item);
    next = page.continue;
    if (!next) return { items, resourceVersion: page.resourceVersion };
  }
}

/** Lists a kind in pages, as of one moment. @throws KubeError */
export async function listAll<T>(
  api: KubeApi,
  type: ResourceType,
  options: ListAllOptions<T>,
): Promise<WholeList<T>> {
  for (let restarts = 0; ; restarts++) {
    try {
      return await listOnce(api, type, options);
    } catch (error) {
      if (!isExpired(error) || restarts >= maxRestarts) throw error;
    }
  }
}
