// SPDX-License-Identifier: Apache-2.0
import {
  ConflictError,
  InputError,
  NotFoundError,
  ServiceUnavailableError,
} from '@backstage/errors';
import type { SecretStatus } from '@tenantry/backstage-plugin-tenants-common';
import {
  isForbidden,
  isNotFound,
  KubeError,
  type KubeApi,
} from '@tenantry/backstage-plugin-tenants-node';
import type { ModuleCatalogue } from '@tenantry/backstage-plugin-tenants-node/definitions';
import type { EnvironmentRecord } from '../../records/EnvironmentRecord';
import type { RecordReader } from '../../records/RecordReader';
import type { Clock } from '../../time/Clock';
import { FIELD_MANAGER } from '../plan';
import { mapConcurrently } from '../planner/mapConcurrently';
import type { SecretNames } from '../planner';
import { resourceTypeOf } from '../resourceTypes';
import {
  declaredSecrets,
  isDeclaredAnywhere,
  type DeclaredSecret,
} from './declaredSecrets';
import { secretMetadata, type SecretMetadata } from './secretMetadata';
import { secretManifest, SECRET_ANNOTATIONS } from './secretManifest';

/** Named limits of secrets. */
export const SECRET_LIMITS = {
  /** Secrets of one tenant that are listed. */
  listed: 500,
  callsAtOnce: 6,
} as const;

/** Remembers a keyed print of a value, so that logs can be masked. Never the value. */
export interface SecretPrints {
  remember(tenant: string, secret: string, value: string): Promise<void>;
}

type TenantSecretsOptions = {
  readonly definitions: { current(): ModuleCatalogue | undefined };
  readonly records: RecordReader;
  readonly kubeApi: (cluster: string) => KubeApi | undefined;
  /** Of our labels. */
  readonly prefix: string;
  readonly clock: Pick<Clock, 'now'>;
  readonly prints?: SecretPrints;
};

/** A secret to set. */
export type SecretToSet = {
  readonly tenant: string;
  readonly environment: string;
  readonly name: string;
  readonly value: string;
  /** Entity reference of who sets it. */
  readonly by: string;
};

const SECRETS = resourceTypeOf('v1', 'Secret');
const NAME = /^[a-z0-9]([-a-z0-9]{0,61}[a-z0-9])?$/;

/** Secrets of tenants: written straight into their namespaces, never read back. */
export class TenantSecrets implements SecretNames {
  constructor(private readonly options: TenantSecretsOptions) {}

  async existing(
    place: { readonly cluster: string; readonly namespace: string },
    names: readonly string[],
    signal: AbortSignal,
  ): Promise<ReadonlySet<string>> {
    const found = await mapConcurrently(
      names.filter(name => NAME.test(name)),
      SECRET_LIMITS.callsAtOnce,
      async name => ((await this.find(place, name, signal)) ? [name] : []),
    );
    return new Set(found.flat());
  }

  /**
   * The secrets that a tenant’s modules name, by environment and name.
   *
   * @throws ServiceUnavailableError when the definitions are not loaded or a cluster does not answer
   */
  async list(tenant: string, signal: AbortSignal): Promise<SecretStatus[]> {
    const catalogue = this.catalogue();
    const { records } = await this.options.records.ofTenant(tenant, signal);
    const declared = records
      .flatMap(record =>
        declaredSecrets(record, catalogue).map(secret => ({ record, secret })),
      )
      .sort((a, b) =>
        a.record.environment < b.record.environment
          ? -1
          : Number(a.record.environment > b.record.environment),
      )
      .slice(0, SECRET_LIMITS.listed);
    return this.asking(() =>
      mapConcurrently(
        declared,
        SECRET_LIMITS.callsAtOnce,
        async ({ record, secret }) =>
          this.toStatus(
            secret,
            record,
            await this.find(placeOf(record), secret.name, signal),
          ),
      ),
    );
  }

  /**
   * Sets a secret of an environment.
   *
   * @throws NotFoundError when there is no such environment, or no module names such a secret
   * @throws ConflictError when there is a Secret of that name that something else made
   */
  async set(input: SecretToSet, signal: AbortSignal): Promise<SecretStatus> {
    const catalogue = this.catalogue();
    const record = await this.recordOf(input, signal);
    const secret = this.declared(input.name, record, catalogue);
    return this.asking(async () => {
      const place = placeOf(record);
      const present = await this.find(place, input.name, signal);
      this.checkOwn(present, input);
      await this.write({ ...input, ...place }, signal);
      await this.options.prints?.remember(
        input.tenant,
        `${input.environment}/${input.name}`,
        input.value,
      );
      const now = await this.find(place, input.name, signal);
      return this.toStatus(secret, record, now);
    });
  }

  private catalogue(): ModuleCatalogue {
    const catalogue = this.options.definitions.current();
    if (catalogue) return catalogue;
    throw new ServiceUnavailableError(
      'The module definitions have not been loaded yet. Try again in a moment.',
    );
  }

  private async recordOf(
    { tenant, environment }: SecretToSet,
    signal: AbortSignal,
  ): Promise<EnvironmentRecord> {
    const { records, unavailable } = await this.options.records.ofTenant(
      tenant,
      signal,
    );
    const record = records.find(one => one.environment === environment);
    if (record) return record;
    if (unavailable.length > 0) {
      throw new ServiceUnavailableError(unavailable[0].message);
    }
    throw new NotFoundError(
      `${tenant} has no environment ${environment} that Tenantry manages. Make it first, then set its secrets.`,
    );
  }

  private declared(
    name: string,
    record: EnvironmentRecord,
    catalogue: ModuleCatalogue,
  ): DeclaredSecret {
    if (!NAME.test(name)) {
      throw new InputError(
        'A secret’s name has lower-case letters, digits and dashes, at most 63.',
      );
    }
    const own = declaredSecrets(record, catalogue).find(
      one => one.name === name,
    );
    if (own) return own;
    if (!isDeclaredAnywhere(name, catalogue)) {
      throw new NotFoundError(`No module has a secret ${name}.`);
    }
    return { name, required: false, usedBy: [] };
  }

  /** A Secret that something else made may be anything: a token, a certificate. */
  private checkOwn(
    present: SecretMetadata | undefined,
    { name, tenant, environment }: SecretToSet,
  ): void {
    const { prefix } = this.options;
    if (!present || present.labels[`${prefix}/tenant`] === tenant) return;
    throw new ConflictError(
      `There is a Secret ${name} in ${environment} that something else made. It is left alone: delete it first.`,
    );
  }

  private async write(
    input: SecretToSet & {
      readonly cluster: string;
      readonly namespace: string;
    },
    signal: AbortSignal,
  ): Promise<void> {
    const { prefix, clock } = this.options;
    const { namespace, name } = input;
    await this.api(input.cluster).apply(SECRETS, {
      manifest: secretManifest(input, {
        prefix,
        at: new Date(clock.now()).toISOString(),
      }),
      namespace,
      name,
      fieldManager: FIELD_MANAGER,
      force: true,
      project: () => undefined,
      signal,
    });
  }

  private async find(
    { cluster, namespace }: ReturnType<typeof placeOf>,
    name: string,
    signal: AbortSignal,
  ): Promise<SecretMetadata | undefined> {
    try {
      return await this.api(cluster).get(SECRETS, {
        namespace,
        name,
        metadataOnly: true,
        project: secretMetadata,
        signal,
      });
    } catch (error) {
      if (isNotFound(error)) return undefined;
      throw error;
    }
  }

  private api(cluster: string): KubeApi {
    const api = this.options.kubeApi(cluster);
    if (api) return api;
    throw new ServiceUnavailableError(
      `The cluster ${cluster} is not watched at the moment. Try again later.`,
    );
  }

  /** Says what failed in the portal’s words. What was sent is in none of them. */
  private async asking<T>(call: () => Promise<T>): Promise<T> {
    try {
      return await call();
    } catch (error) {
      if (!(error instanceof KubeError)) throw error;
      throw new ServiceUnavailableError(
        isForbidden(error)
          ? `The portal may not read or write secrets there: give its account the right on ${error.cluster}.`
          : error.message,
      );
    }
  }

  private toStatus(
    { name, required, usedBy }: DeclaredSecret,
    { environment }: EnvironmentRecord,
    found: SecretMetadata | undefined,
  ): SecretStatus {
    const { prefix } = this.options;
    const said = (what: keyof typeof SECRET_ANNOTATIONS) =>
      found?.annotations[`${prefix}/${SECRET_ANNOTATIONS[what]}`];
    const updatedAt = said('updatedAt') ?? found?.createdAt;
    const updatedBy = said('updatedBy');
    return {
      name,
      environment,
      isSet: found !== undefined,
      generated: said('generated') === 'true',
      ...(updatedAt !== undefined && {
        updatedAt: new Date(updatedAt).toISOString(),
      }),
      ...(updatedBy !== undefined && { updatedBy }),
      usedBy: [...usedBy],
      required,
    };
  }
}

function placeOf({ cluster, namespaces }: EnvironmentRecord) {
  return { cluster, namespace: namespaces[0] };
}
