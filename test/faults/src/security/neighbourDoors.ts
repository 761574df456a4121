// SPDX-License-Identifier: Apache-2.0
import { TENANT, type MatrixCaller } from './callers';
import type { Door } from './Cell';
import type { TestPortal } from './TestPortal';

const CLUSTER = 'eu-west';
const NAMESPACE = `${TENANT}-prod`;
const entityRef = `resource:default/${TENANT}`;

/** Backstage allows services everything; a token that is for one plugin only is refused by the others. */
function byEntity(caller: MatrixCaller, refused: string): string {
  if (caller.is === 'nobody') return '401';
  if (caller.is === 'limited service') return refused;
  return ['owner', 'platform', 'service'].includes(caller.is)
    ? 'shown'
    : 'hidden';
}

async function shownIf(
  response: Response,
  isShown: (body: string) => boolean,
): Promise<string> {
  const body = await response.text();
  if (response.status === 401 || response.status === 403) {
    return String(response.status);
  }
  return response.ok && isShown(body) ? 'shown' : 'hidden';
}

const entityByName: Door = {
  name: 'catalogue: the entity',
  expected: caller => byEntity(caller, '403'),
  attempt: async (portal, { token }) =>
    shownIf(
      await portal.call(
        `/api/catalog/entities/by-name/resource/default/${TENANT}`,
        token,
      ),
      body => JSON.parse(body).metadata.name === TENANT,
    ),
};

const entityByQuery: Door = {
  name: 'catalogue: the query',
  expected: caller => byEntity(caller, '403'),
  attempt: async (portal, { token }) =>
    shownIf(
      await portal.call(
        '/api/catalog/entities/by-query?filter=kind=resource,spec.type=tenant',
        token,
      ),
      body =>
        JSON.parse(body).items.some(
          (entity: { metadata: { name: string } }) =>
            entity.metadata.name === TENANT,
        ),
    ),
};

async function search(
  portal: TestPortal,
  { token }: MatrixCaller,
  query: string,
): Promise<string> {
  return shownIf(
    await portal.call(`/api/search/query?term=${query}`, token),
    body =>
      JSON.parse(body).results.some(
        (result: { document: { title: string } }) =>
          result.document.title === TENANT,
      ),
  );
}

function byTenant(caller: MatrixCaller): string {
  return caller.is === 'member' ? 'shown' : byEntity(caller, '403');
}

/** Nobody finds it a second time, as an entity or in the text of a module. */
function byNobody(caller: MatrixCaller): string {
  const way = byEntity(caller, '403');
  return way === 'shown' ? 'hidden' : way;
}

const searched: Door = {
  name: 'search',
  expected: byTenant,
  attempt: (portal, caller) => search(portal, caller, TENANT),
};

function searchedAs(type: string, expected: Door['expected']): Door {
  return {
    name: `search: ${type}`,
    expected,
    attempt: (portal, caller) =>
      search(portal, caller, `${TENANT}&types[]=${type}`),
  };
}

/** The proxy and the resources of the Kubernetes plugin read with the portal’s own credentials. */
function byPlatformTeam(caller: MatrixCaller): string {
  if (caller.is === 'nobody') return '401';
  return ['platform', 'service'].includes(caller.is) ? 'open' : '403';
}

async function openUnlessRefused(response: Response): Promise<string> {
  await response.body?.cancel();
  const { status } = response;
  return status === 401 || status === 403 ? String(status) : 'open';
}

const kubernetesProxy: Door = {
  name: 'Kubernetes plugin: the proxy',
  expected: byPlatformTeam,
  attempt: async (portal, { token }) =>
    openUnlessRefused(
      await portal.call(
        `/api/kubernetes/proxy/api/v1/namespaces/${NAMESPACE}/secrets`,
        token,
        { headers: { 'Backstage-Kubernetes-Cluster': CLUSTER } },
      ),
    ),
};

const kubernetesResources: Door = {
  name: 'Kubernetes plugin: resources',
  expected: byPlatformTeam,
  attempt: async (portal, { token }) =>
    openUnlessRefused(
      await portal.call('/api/kubernetes/resources/workloads/query', token, {
        method: 'POST',
        body: JSON.stringify({ entityRef, auth: {} }),
      }),
    ),
};

/** A template task that the owner starts; its parameters are nobody else’s business. */
async function startTask(portal: TestPortal): Promise<string> {
  const response = await portal.call('/api/scaffolder/v2/tasks', 'paul', {
    method: 'POST',
    body: JSON.stringify({
      templateRef: 'template:default/say-something',
      values: { text: `for ${TENANT}` },
    }),
  });
  const { id } = await response.json();
  if (!response.ok) throw new Error(`No task: ${response.status}`);
  return id;
}

function taskDoor(name: string, path: string): Door {
  let task: Promise<string> | undefined;
  return {
    name: `scaffolder: ${name}`,
    expected: caller => {
      if (caller.is === 'nobody') return '401';
      return ['owner', 'platform', 'service'].includes(caller.is)
        ? 'open'
        : '403';
    },
    async attempt(portal, { token }) {
      task ??= startTask(portal);
      return openUnlessRefused(
        await portal.call(
          `/api/scaffolder/v2/tasks/${await task}${path}`,
          token,
        ),
      );
    },
  };
}

/** Ways of other plugins to what belongs to the tenant. */
export const neighbourDoors: readonly Door[] = [
  entityByName,
  entityByQuery,
  searched,
  searchedAs('tenants', byTenant),
  searchedAs('software-catalog', byNobody),
  searchedAs('tenantmodules', byNobody),
  kubernetesProxy,
  kubernetesResources,
  taskDoor('the task', ''),
  taskDoor('its log', '/events'),
];

/** Waits until the tenant is in the catalogue and in the search index: before that, closed doors prove nothing. */
export async function waitForNeighbours(portal: TestPortal): Promise<void> {
  for (let tries = 0; tries < 240; tries++) {
    const seen = await Promise.all(
      [entityByName, searched].map(door =>
        door.attempt(portal, { name: '', token: 'pia', is: 'platform' }),
      ),
    );
    if (seen.every(word => word === 'shown')) return;
    await new Promise(resolve => setTimeout(resolve, 250));
  }
  throw new Error(`${TENANT} did not come into the catalogue and the index.`);
}
