// SPDX-License-Identifier: Apache-2.0
import {
  isAlreadyExists,
  isConflict,
  isNotFound,
  isUnreachable,
  KubeError,
  type KubeApi,
  type ResourceType,
} from '@tenantry/backstage-plugin-tenants-node';
import type { Clock } from '../time/Clock';
import { recordName, type RecordKey } from './applySet';
import type { EnvironmentRecord } from './EnvironmentRecord';
import { NewerFenceError, UnreadableRecordError } from './NewerFenceError';
import {
  fromConfigMap,
  recordLabel,
  toConfigMap,
  type ReadRecord,
  type RecordPlace,
  systemNamespaceManifest,
} from './recordConfigMap';
import type { RecordReader, TenantRecords } from './RecordReader';

export type EnvironmentRecordsOptions = {
  /** Names of the clusters there are. */
  readonly clusters: () => readonly string[];
  readonly kubeApi: (cluster: string) => KubeApi | undefined;
  readonly systemNamespace: string;
  /** Of our labels. */
  readonly prefix: string;
  /** Written into each record: name and version of this software. */
  readonly tooling: string;
  readonly clock: Clock;
};

/** One environment’s record. */
export type RecordAddress = RecordKey & { readonly cluster: string };

/** Named limits of reading and writing records. */
export const RECORD_LIMITS = {
  /** A cluster that takes longer is named as unavailable. */
  readMs: 10_000,
  pageSize: 500,
  /** Records beyond this of one cluster are not read. */
  perCluster: 5_000,
  /** How often a write is tried when others write at the same time. */
  tries: 5,
} as const;

const configMaps: ResourceType = {
  group: '',
  version: 'v1',
  resource: 'configmaps',
  kind: 'ConfigMap',
  namespaced: true,
};
const namespaces: ResourceType = {
  group: '',
  version: 'v1',
  resource: 'namespaces',
  kind: 'Namespace',
  namespaced: false,
};
const FIELD_MANAGER = 'tenantry';
const parse = (json: Buffer): unknown => JSON.parse(json.toString('utf8'));

type ClusterRecords = {
  readonly records: readonly EnvironmentRecord[];
  readonly problem?: string;
};

/**
 * Environment records in the clusters’ platform namespaces. Every write says at which version it read the record and stops when
 * a newer lease has written its fence: of two workers the older one can do no more than it did before the newer one began.
 */
export class EnvironmentRecords implements RecordReader {
  constructor(private readonly options: EnvironmentRecordsOptions) {}

  async ofTenant(tenant: string, signal: AbortSignal): Promise<TenantRecords> {
    return await this.collect({ tenant }, signal);
  }

  /** Every record there is, of all tenants. Never throws for a cluster that fails. */
  async all(signal: AbortSignal): Promise<TenantRecords> {
    return await this.collect({}, signal);
  }

  /** One record; `undefined` when there is none. @throws KubeError, UnreadableRecordError */
  async get(
    address: RecordAddress,
    signal: AbortSignal,
  ): Promise<EnvironmentRecord | undefined> {
    try {
      const found = await this.api(address.cluster).get(configMaps, {
        namespace: this.options.systemNamespace,
        name: recordName(address),
        project: parse,
        signal,
      });
      return readable(
        address,
        fromConfigMap(found, this.place(address.cluster)),
      );
    } catch (error) {
      if (isNotFound(error)) return undefined;
      throw error;
    }
  }

  /**
   * Makes the lease of this fence the one that may write: creates the record when there is none, else raises its fence and sets
   * `places` to what was and what will be, so that nothing we are about to make is ever outside of the ApplySet.
   *
   * @throws NewerFenceError, KubeError, UnreadableRecordError
   */
  async claim(
    wanted: EnvironmentRecord,
    fence: number,
    signal: AbortSignal,
  ): Promise<EnvironmentRecord> {
    return await this.retrying(async () => {
      const present = await this.get(wanted, signal);
      if (!present) {
        return await this.create({ ...wanted, revision: 0, fence }, signal);
      }
      this.checkFence(present, fence);
      const places = union(present.places, wanted.places);
      const isSame =
        present.fence === fence &&
        JSON.stringify(places) === JSON.stringify(union(present.places));
      if (isSame) return present;
      return await this.put({ ...present, places, fence }, signal);
    });
  }

  /** Writes a record over the one there is, unless a newer lease has it. @throws NewerFenceError, KubeError, UnreadableRecordError */
  async write(
    record: EnvironmentRecord,
    signal: AbortSignal,
  ): Promise<EnvironmentRecord> {
    return await this.retrying(async () => {
      const present = await this.get(record, signal);
      if (!present) return await this.create(record, signal);
      this.checkFence(present, record.fence);
      return await this.put({ ...record, stored: present.stored }, signal);
    });
  }

  /** Removes a record. One that is gone already is fine. @throws NewerFenceError, KubeError */
  async remove(
    address: RecordAddress,
    fence: number,
    signal: AbortSignal,
  ): Promise<void> {
    await this.retrying(async () => {
      const present = await this.get(address, signal);
      if (!present?.stored) return;
      this.checkFence(present, fence);
      await this.api(address.cluster)
        .delete(configMaps, {
          namespace: this.options.systemNamespace,
          name: recordName(address),
          preconditions: present.stored,
          propagation: 'Background',
          signal,
        })
        .catch(ignoreNotFound);
    });
  }

  /** Returns when no newer lease has claimed the record. @throws NewerFenceError, KubeError */
  async checkOwn(
    address: RecordAddress,
    fence: number,
    signal: AbortSignal,
  ): Promise<void> {
    const present = await this.get(address, signal);
    if (present) this.checkFence(present, fence);
  }

  private checkFence(present: EnvironmentRecord, ours: number): void {
    if (present.fence <= ours) return;
    const found = present.fence;
    throw new NewerFenceError(nameOf(present), { ours, found });
  }

  private async create(
    { stored, ...record }: EnvironmentRecord,
    signal: AbortSignal,
  ): Promise<EnvironmentRecord> {
    const write = this.writeOf(record, signal);
    const api = this.api(record.cluster);
    const create = () => api.create(configMaps, write);
    const made = await create().catch(async error => {
      if (!isNotFound(error)) throw error;
      await this.createNamespace(api, signal);
      return await create();
    });
    return readable(record, fromConfigMap(made, this.place(record.cluster)));
  }

  private async createNamespace(
    api: KubeApi,
    signal: AbortSignal,
  ): Promise<void> {
    const name = this.options.systemNamespace;
    await api
      .create(namespaces, {
        name,
        manifest: systemNamespaceManifest(name),
        fieldManager: FIELD_MANAGER,
        project: () => undefined,
        signal,
      })
      .catch(error => {
        if (!isAlreadyExists(error)) throw error;
      });
  }

  private async put(
    record: EnvironmentRecord,
    signal: AbortSignal,
  ): Promise<EnvironmentRecord> {
    const write = this.writeOf(record, signal);
    // Nobody but the platform may write here: what somebody else set is not kept.
    const made = await this.api(record.cluster).apply(configMaps, {
      ...write,
      force: true,
    });
    return readable(record, fromConfigMap(made, this.place(record.cluster)));
  }

  private writeOf(record: EnvironmentRecord, signal: AbortSignal) {
    const { tooling, systemNamespace } = this.options;
    const place = { ...this.place(record.cluster), tooling };
    return {
      namespace: systemNamespace,
      name: recordName(record),
      manifest: toConfigMap(record, place),
      fieldManager: FIELD_MANAGER,
      project: parse,
      signal,
    };
  }

  /** Reads and writes again when another writer came between. */
  private async retrying<T>(write: () => Promise<T>): Promise<T> {
    for (let left = RECORD_LIMITS.tries; ; left -= 1) {
      try {
        return await write();
      } catch (error) {
        const isRace = isConflict(error) || isAlreadyExists(error);
        if (!isRace || left <= 1) throw error;
      }
    }
  }

  private async collect(
    of: { readonly tenant?: string },
    signal: AbortSignal,
  ): Promise<TenantRecords> {
    const found = await Promise.all(
      this.options.clusters().map(async cluster => ({
        cluster,
        ...(await this.ofCluster(cluster, of, signal)),
      })),
    );
    return {
      records: found.flatMap(({ records }) => records),
      unavailable: found.flatMap(({ cluster, problem: message }) =>
        message ? [{ cluster, message }] : [],
      ),
    };
  }

  private async ofCluster(
    cluster: string,
    of: { readonly tenant?: string },
    signal: AbortSignal,
  ): Promise<ClusterRecords> {
    const limit = new AbortController();
    const { clock } = this.options;
    const cancel = clock.after(RECORD_LIMITS.readMs, () => limit.abort());
    try {
      const both = AbortSignal.any([signal, limit.signal]);
      return await this.list(cluster, of, both);
    } catch (error) {
      return { records: [], problem: readProblem(cluster, error) };
    } finally {
      cancel();
    }
  }

  private async list(
    cluster: string,
    { tenant }: { readonly tenant?: string },
    signal: AbortSignal,
  ): Promise<ClusterRecords> {
    const { systemNamespace, prefix } = this.options;
    const [label, value] = recordLabel(prefix);
    const place = this.place(cluster);
    const read: ReadRecord[] = [];
    let next: string | undefined;
    do {
      const page = await this.api(cluster).list(configMaps, {
        namespace: systemNamespace,
        labels: {
          [label]: value,
          ...(tenant && { [`${prefix}/tenant`]: tenant }),
        },
        limit: RECORD_LIMITS.pageSize,
        continue: next,
        project: json => fromConfigMap(parse(json), place),
        signal,
      });
      read.push(...page.items);
      next = page.continue;
    } while (next && read.length < RECORD_LIMITS.perCluster);
    const records = read.flatMap(each =>
      'record' in each ? [each.record] : [],
    );
    const ofOthers = records.filter(each => tenant && each.tenant !== tenant);
    const [problem] = read.flatMap(each =>
      'problem' in each ? [each.problem] : [],
    );
    return {
      records: records.filter(each => !ofOthers.includes(each)),
      ...(problem && {
        problem: `A record in the namespace "${systemNamespace}" of cluster "${cluster}" can’t be read: ${problem}. Restore it from a backup, or remove it.`,
      }),
    };
  }

  private place(cluster: string): RecordPlace {
    const { systemNamespace, prefix } = this.options;
    return { cluster, systemNamespace, prefix };
  }

  private api(cluster: string): KubeApi {
    const api = this.options.kubeApi(cluster);
    if (api) return api;
    throw new KubeError(`Cluster "${cluster}" is not known to the portal.`, {
      cluster,
      reason: 'Unreachable',
      resource: 'configmaps',
    });
  }
}

function nameOf(record: RecordAddress): string {
  return `"${recordName(record)}" on cluster "${record.cluster}"`;
}

function readable(address: RecordAddress, read: ReadRecord): EnvironmentRecord {
  if ('record' in read) return read.record;
  throw new UnreadableRecordError(nameOf(address), read.problem);
}

function readProblem(cluster: string, error: unknown): string {
  const isDown =
    error instanceof KubeError && error.status !== undefined
      ? error.status >= 500
      : isUnreachable(error);
  if (isDown) {
    return `Cluster "${cluster}" could not be reached; what it has of the tenant is not known. Try again when it is back.`;
  }
  if (error instanceof KubeError) {
    return `${error.message} The portal’s account needs the rights of docs/operator-role.yaml there.`;
  }
  return `The records of cluster "${cluster}" could not be read.`;
}

function ignoreNotFound(error: unknown): void {
  if (!isNotFound(error)) throw error;
}

function union(
  a: EnvironmentRecord['places'] = {},
  b: EnvironmentRecord['places'] = {},
): EnvironmentRecord['places'] {
  const kinds = [...new Set([...Object.keys(a), ...Object.keys(b)])].sort();
  return Object.fromEntries(
    kinds.map(kind => [
      kind,
      [...new Set([...(a[kind] ?? []), ...(b[kind] ?? [])])].sort(),
    ]),
  );
}
