// SPDX-License-Identifier: Apache-2.0
import {
  KubeError,
  resourceName,
  type AccessReview,
  type ApplyOptions,
  type CreateOptions,
  type DeleteOptions,
  type GetOptions,
  type KubeApi,
  type ListOptions,
  type LogOptions,
  type MergePatchOptions,
  type ResourceType,
  type WatchOptions,
} from '@tenantry/backstage-plugin-tenants-node';

/** A cluster that is only looked at: whoever asks to write is refused before anything is sent. Dry runs pass. */
export class ReadOnlyKubeApi implements KubeApi {
  constructor(private readonly api: KubeApi) {}

  get cluster(): string {
    return this.api.cluster;
  }

  get serverLeadMs(): number | undefined {
    return this.api.serverLeadMs;
  }

  version(signal: AbortSignal) {
    return this.api.version(signal);
  }

  get<T>(type: ResourceType, options: GetOptions<T>) {
    return this.api.get(type, options);
  }

  list<T>(type: ResourceType, options: ListOptions<T>) {
    return this.api.list(type, options);
  }

  watch<T>(type: ResourceType, options: WatchOptions<T>) {
    return this.api.watch(type, options);
  }

  async apply<T>(type: ResourceType, options: ApplyOptions<T>): Promise<T> {
    this.check(type, options);
    return this.api.apply(type, options);
  }

  async create<T>(type: ResourceType, options: CreateOptions<T>): Promise<T> {
    this.check(type, options);
    return this.api.create(type, options);
  }

  async mergePatch<T>(
    type: ResourceType,
    options: MergePatchOptions<T>,
  ): Promise<T> {
    this.check(type, options);
    return this.api.mergePatch(type, options);
  }

  async delete(type: ResourceType, options: DeleteOptions): Promise<void> {
    this.check(type, options);
    return this.api.delete(type, options);
  }

  reviewAccess(review: AccessReview) {
    return this.api.reviewAccess(review);
  }

  readLog(options: LogOptions) {
    return this.api.readLog(options);
  }

  close() {
    return this.api.close();
  }

  private check(
    type: ResourceType,
    { dryRun }: { readonly dryRun?: boolean },
  ): void {
    if (dryRun) return;
    throw new KubeError(
      `Nothing is written to cluster ${this.cluster}: tenants.readOnly is set.`,
      {
        cluster: this.cluster,
        status: 403,
        reason: 'Forbidden',
        resource: resourceName(type),
      },
    );
  }
}
