// SPDX-License-Identifier: Apache-2.0
import {
  InputError,
  NotFoundError,
  ServiceUnavailableError,
} from '@backstage/errors';
import type {
  ObjectRef,
  Tenant,
  TenantObject,
} from '@tenantry/backstage-plugin-tenants-common';
import {
  isForbidden,
  isNotFound,
  type KubeApi,
  type ResourceType,
} from '@tenantry/backstage-plugin-tenants-node';
import { stringify } from 'yaml';
import { z } from 'zod';
import type { ClusterView } from '../informers/Lister';
import { watchedType } from '../informers/watchedKinds';
import { KnownSecrets, noFingerprints, type SecretFingerprints } from '../logs';
import { deriveEvents, ownerChain } from '../tenancy';
import type { Clock } from '../time/Clock';
import { maskObject } from './maskObject';
import { watchedKindOf } from './objectTypes';

const TIMEOUT_MS = 10_000;
/** Longer YAML helps nobody and is not shown. */
const MAX_LENGTH = 1024 * 1024;

type Environment = Tenant['environments'][number];

type ObjectReaderOptions = {
  /** `undefined` when the cluster is not watched. */
  readonly kubeApi: (cluster: string) => KubeApi | undefined;
  /** `undefined` when the cluster is not watched. */
  readonly viewOf: (cluster: string) => ClusterView | undefined;
  readonly clock: Clock;
  /** Values set through Tenantry, to be masked. */
  readonly fingerprints?: SecretFingerprints;
};

const objectSchema = z.looseObject({
  apiVersion: z.string(),
  metadata: z.looseObject({ name: z.string(), namespace: z.string() }),
});

/** Reads one object of a tenant from its cluster, and shows it without secrets. */
export class ObjectReader {
  constructor(private readonly options: ObjectReaderOptions) {}

  /**
   * @throws NotFoundError when the tenant has no such namespace, or the namespace no such object
   * @throws InputError when several clusters could be meant, or the object is too large to show
   * @throws ServiceUnavailableError when the cluster does not give it
   */
  async read(
    tenant: Pick<Tenant, 'name' | 'environments'>,
    ref: ObjectRef,
    signal: AbortSignal,
  ): Promise<TenantObject> {
    const environment = findEnvironment(tenant, ref);
    const { kind, namespace, name } = ref;
    const { cluster } = environment;
    const object = await this.fetch(cluster, ref, signal);
    const { fingerprints = noFingerprints } = this.options;
    const known = new KnownSecrets(await fingerprints.forTenant(tenant.name));
    const { object: shown, masked } = maskObject(object, known);
    const yaml = stringify(shown, {
      lineWidth: 0,
      aliasDuplicateObjects: false,
    });
    if (yaml.length > MAX_LENGTH) throw new InputError(tooLarge(ref));
    return {
      cluster,
      environment: environment.name,
      apiVersion: object.apiVersion,
      kind,
      namespace,
      name,
      readAt: new Date(this.options.clock.now()).toISOString(),
      yaml,
      masked,
      ...this.surroundings(environment, ref),
    };
  }

  private async fetch(cluster: string, ref: ObjectRef, signal: AbortSignal) {
    const api = this.options.kubeApi(cluster);
    const what = `${ref.kind} ${ref.namespace}/${ref.name}`;
    if (!api) {
      throw new ServiceUnavailableError(
        `The cluster ${cluster} is not connected, so ${what} cannot be read.`,
      );
    }
    try {
      return await getServed(api, ref, signal);
    } catch (error) {
      throw explain(error, what, cluster);
    }
  }

  private surroundings(environment: Environment, ref: ObjectRef) {
    const { kind, namespace, name } = ref;
    const listers = this.options.viewOf(environment.cluster)?.listers;
    const object = listers?.[watchedKindOf(kind)].get(namespace, name);
    if (!listers || !object) return { owners: [], events: [] };
    const events = listers.events
      .byNamespace(namespace)
      .filter(({ regarding }) =>
        regarding.uid
          ? regarding.uid === object.uid
          : regarding.kind === kind && regarding.name === name,
      );
    return {
      owners: ownerChain(object, listers).map(owner => ({
        kind: owner.kind,
        name: owner.name,
        known: owner.object !== undefined,
      })),
      events: deriveEvents([
        {
          environment: environment.name,
          cluster: environment.cluster,
          events,
        },
      ]),
    };
  }
}

function findEnvironment(
  { environments }: Pick<Tenant, 'environments'>,
  { kind, namespace, name, cluster }: ObjectRef,
): Environment {
  const found = environments.filter(
    environment =>
      environment.namespaces.includes(namespace) &&
      (cluster ?? environment.cluster) === environment.cluster,
  );
  if (found.length === 0) throw new NotFoundError(noSuchObject(kind, name));
  if (found.length > 1) {
    throw new InputError(
      `Namespace ${namespace} is on several clusters: say which with the query parameter 'cluster'.`,
    );
  }
  return found[0];
}

function tooLarge({ kind, name }: ObjectRef): string {
  return `${kind} ${name} is larger than 1 MiB as YAML. Read it with kubectl.`;
}

function noSuchObject(kind: string, name: string): string {
  return `The tenant has no ${kind} ${name} there.`;
}

/** Where a cluster does not serve the present version, it is asked for the older ones, as the watch does. */
async function getServed(api: KubeApi, ref: ObjectRef, signal: AbortSignal) {
  const type = watchedType(watchedKindOf(ref.kind));
  const [present, ...older] = [type.version, ...(type.olderVersions ?? [])].map(
    (version): ResourceType => ({ ...type, version }),
  );
  try {
    return await get(api, present, { ref, signal });
  } catch (error) {
    if (!isNotFound(error) || older.length === 0) throw error;
    return get(api, older[0], { ref, signal });
  }
}

function get(
  api: KubeApi,
  type: ResourceType,
  { ref, signal }: { readonly ref: ObjectRef; readonly signal: AbortSignal },
) {
  return api.get(type, {
    namespace: ref.namespace,
    name: ref.name,
    project: json => {
      const object = objectSchema.parse(JSON.parse(json.toString('utf8')));
      return { ...object, kind: ref.kind };
    },
    signal: AbortSignal.any([signal, AbortSignal.timeout(TIMEOUT_MS)]),
  });
}

function explain(error: unknown, what: string, cluster: string): Error {
  if (isNotFound(error)) {
    return new NotFoundError(`There is no ${what} on cluster ${cluster} now.`);
  }
  if (isForbidden(error)) {
    return new ServiceUnavailableError(
      `The portal may not get ${what} on cluster ${cluster}. Apply docs/cluster-role.yaml there.`,
    );
  }
  return new ServiceUnavailableError(
    `The cluster ${cluster} did not give ${what}. Try again later.`,
  );
}
