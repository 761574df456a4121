// SPDX-License-Identifier: Apache-2.0
import {
  resourceName,
  type ApplyOptions,
  type CreateOptions,
  type DeleteOptions,
  type KubeManifest,
  type MergePatchOptions,
  type ResourceType,
} from '@tenantry/backstage-plugin-tenants-node';
import { callFailed, type CallName } from './callFailure';
import type { KubeRequest } from './KubeConnection';
import { objectName, resourcePath } from './resourcePath';

/** API servers take no larger ones. */
const maxRequestBytes = 3 * 1024 ** 2;
const fieldManagerName = /^[A-Za-z0-9][A-Za-z0-9._-]{0,127}$/;

type Target = { readonly namespace?: string; readonly name: string };
type Written<T> = Target & {
  readonly dryRun?: boolean;
  readonly fieldManager: string;
  readonly project: (json: Buffer) => T;
  readonly signal: AbortSignal;
};

function apiVersionOf({ group, version }: ResourceType): string {
  return group === '' ? version : `${group}/${version}`;
}

/** What is sent must be what the path says: else a name that was checked would stand for one that was not. */
function isManifestOf(
  type: ResourceType,
  { kind, apiVersion, metadata }: KubeManifest,
  { name, namespace }: Target,
): boolean {
  return (
    kind === type.kind &&
    apiVersion === apiVersionOf(type) &&
    metadata.name === name &&
    metadata.namespace === namespace
  );
}

/** The calls of the KubeApi that change something, over one cluster’s connection. */
export class KubeWrites {
  constructor(
    private readonly cluster: string,
    /** Sends, and reads the whole answer, of limited size. */
    private readonly send: (request: KubeRequest) => Promise<Buffer>,
  ) {}

  async apply<T>(type: ResourceType, options: ApplyOptions<T>): Promise<T> {
    const { manifest, force } = options;
    const call = this.checked(type, options, manifest);
    const query = writeQuery(options);
    query.set('force', String(force));
    query.set('fieldValidation', 'Strict');
    // JSON is YAML.
    const contentType = 'application/apply-patch+yaml';
    const json = await this.write(call, {
      path: this.path(type, options, call),
      query,
      body: manifest,
      write: { method: 'PATCH', contentType },
      signal: options.signal,
    });
    return read(call, json, options);
  }

  async create<T>(type: ResourceType, options: CreateOptions<T>): Promise<T> {
    const { manifest, signal } = options;
    const call = this.checked(type, options, manifest);
    objectName(options.name, call);
    const query = writeQuery(options);
    query.set('fieldValidation', 'Strict');
    const json = await this.write(call, {
      path: this.collection(type, options, call),
      query,
      body: manifest,
      write: { method: 'POST' },
      signal,
    });
    return read(call, json, options);
  }

  async mergePatch<T>(
    type: ResourceType,
    options: MergePatchOptions<T>,
  ): Promise<T> {
    const { patch, subresource, signal } = options;
    const call = this.checked(type, options);
    const path = this.path(type, options, call);
    const json = await this.write(call, {
      path: subresource ? `${path}/${subresource}` : path,
      query: writeQuery(options),
      body: patch,
      write: { method: 'PATCH', contentType: 'application/merge-patch+json' },
      signal,
    });
    return read(call, json, options);
  }

  async delete(type: ResourceType, options: DeleteOptions): Promise<void> {
    const { preconditions, propagation, dryRun, signal } = options;
    const call = { cluster: this.cluster, resource: resourceName(type) };
    await this.write(call, {
      path: this.path(type, options, call),
      query: new URLSearchParams(),
      body: {
        kind: 'DeleteOptions',
        apiVersion: 'v1',
        propagationPolicy: propagation,
        ...(preconditions && { preconditions }),
        ...(dryRun && { dryRun: ['All'] }),
      },
      write: { method: 'DELETE' },
      signal,
    });
  }

  private checked<T>(
    type: ResourceType,
    options: Written<T>,
    manifest?: KubeManifest,
  ): CallName {
    const call = { cluster: this.cluster, resource: resourceName(type) };
    const isFit =
      fieldManagerName.test(options.fieldManager) &&
      (!manifest || isManifestOf(type, manifest, options));
    if (!isFit) throw callFailed(call, 'InvalidRequest');
    return call;
  }

  private collection(
    type: ResourceType,
    { namespace }: Target,
    call: CallName,
  ): string {
    // Without a namespace, the path of a kind that has them is that of all namespaces.
    if (type.namespaced !== (namespace !== undefined)) {
      throw callFailed(call, 'InvalidRequest');
    }
    return resourcePath(type, { cluster: this.cluster, namespace });
  }

  private path(type: ResourceType, target: Target, call: CallName): string {
    const name = objectName(target.name, call);
    return `${this.collection(type, target, call)}/${name}`;
  }

  private async write(
    call: CallName,
    request: Omit<KubeRequest, 'resource'> & { readonly body: object },
  ): Promise<Buffer> {
    if (Buffer.byteLength(JSON.stringify(request.body)) > maxRequestBytes) {
      throw callFailed(call, 'InvalidRequest');
    }
    return await this.send({ resource: call.resource, ...request });
  }
}

function writeQuery<T>(options: Written<T>): URLSearchParams {
  const query = new URLSearchParams({ fieldManager: options.fieldManager });
  if (options.dryRun) query.set('dryRun', 'All');
  return query;
}

function read<T>(call: CallName, json: Buffer, options: Written<T>): T {
  try {
    return options.project(json);
  } catch (error) {
    throw callFailed(call, 'BadAnswer', error);
  }
}
