// SPDX-License-Identifier: Apache-2.0
import type { JsonValue } from '@tenantry/backstage-plugin-tenants-node/definitions';
import { field, fieldAt, listField } from '../jsonValue';
import {
  addAmounts,
  greatestAmounts,
  prefixAmounts,
  readAmounts,
  type Amounts,
} from './Amounts';

/** What a container gets that says nothing. */
export type ContainerDefaults = {
  readonly request: Amounts;
  readonly limit: Amounts;
};

type Asked = { readonly requests: Amounts; readonly limits: Amounts };

/** Extended resources of a quota stand under `requests.` alone. */
const LIMITED = ['cpu', 'memory', 'ephemeral-storage'];

/**
 * What one pod takes of a quota: main containers and sidecars together, or the init container that needs most with the sidecars
 * started before it, whichever is more.
 *
 * @see https://kubernetes.io/docs/concepts/workloads/pods/init-containers/#resource-sharing-within-containers
 */
export function podAmounts(
  podSpec: unknown,
  defaults: ContainerDefaults,
): Amounts {
  const asked = askedBy(podSpec, defaults);
  return {
    ...prefixAmounts(asked.requests, 'requests.'),
    ...prefixAmounts(
      Object.fromEntries(
        Object.entries(asked.limits).filter(([name]) => LIMITED.includes(name)),
      ),
      'limits.',
    ),
    pods: 1,
  };
}

function askedBy(podSpec: unknown, defaults: ContainerDefaults): Asked {
  const main = listField(podSpec, 'containers');
  const init = listField(podSpec, 'initContainers');
  const ofAll = (side: keyof Asked) => {
    const amounts = (container: JsonValue) =>
      containerAmounts(container, defaults)[side];
    return whatRunsAtOnce(main.map(amounts), init, amounts);
  };
  const requests = ofAll('requests');
  const limits = ofAll('limits');
  // A pod may say what it takes as a whole; that stands for its containers.
  return {
    requests: { ...requests, ...podLevel(podSpec, 'requests') },
    limits: { ...limits, ...podLevel(podSpec, 'limits') },
  };
}

function podLevel(podSpec: unknown, side: keyof Asked): Amounts {
  return readAmounts(fieldAt(podSpec, ['resources', side]));
}

function whatRunsAtOnce(
  main: readonly Amounts[],
  init: readonly JsonValue[],
  amounts: (container: JsonValue) => Amounts,
): Amounts {
  let sidecars: Amounts = {};
  let most: Amounts = {};
  for (const container of init) {
    const own = amounts(container);
    const isSidecar = field(container, 'restartPolicy') === 'Always';
    if (isSidecar) sidecars = addAmounts(sidecars, own);
    const now = isSidecar ? sidecars : addAmounts(sidecars, own);
    most = greatestAmounts(most, now);
  }
  return greatestAmounts(addAmounts(sidecars, ...main), most);
}

/** As the API server and then the LimitRange complete it: a limit is also the request where none is said. */
function containerAmounts(
  container: JsonValue,
  defaults: ContainerDefaults,
): Asked {
  const resources = field(container, 'resources');
  const limits = readAmounts(field(resources, 'limits'));
  const requests = readAmounts(field(resources, 'requests'));
  return {
    limits: { ...defaults.limit, ...limits },
    requests: { ...defaults.request, ...limits, ...requests },
  };
}
