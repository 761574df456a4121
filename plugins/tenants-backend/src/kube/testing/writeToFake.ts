// SPDX-License-Identifier: Apache-2.0
import {
  KubeError,
  type KubeManifest,
  type ResourceType,
} from '@tenantry/backstage-plugin-tenants-node';
import type { FakeKubeApi } from '@tenantry/backstage-plugin-tenants-node/testing';
import { z } from 'zod';

type Write = {
  readonly method?: string;
  readonly type: ResourceType;
  readonly body: unknown;
};

type WriteCall = {
  readonly namespace?: string;
  readonly name?: string;
  readonly contentType?: string;
  readonly url: URL;
  readonly signal: AbortSignal;
};

const record = z.record(z.string(), z.unknown());
const manifestSchema: z.ZodType<KubeManifest> = z.looseObject({
  apiVersion: z.string(),
  kind: z.string(),
  metadata: z.looseObject({
    name: z.string(),
    namespace: z.string().optional(),
  }),
});
const deleteSchema = z.object({
  preconditions: z
    .object({
      uid: z.string().optional(),
      resourceVersion: z.string().optional(),
    })
    .optional(),
  propagationPolicy: z.enum(['Background', 'Foreground', 'Orphan']),
  dryRun: z.array(z.string()).optional(),
});
const APPLY = 'application/apply-patch+yaml';

/** Carries out a write that came by HTTP; returns the body of the answer. */
export async function writeToFake(
  fake: FakeKubeApi,
  { method, type, body }: Write,
  call: WriteCall,
): Promise<string> {
  const { url, namespace, signal } = call;
  const { searchParams } = url;
  const write = {
    namespace,
    dryRun: searchParams.has('dryRun'),
    fieldManager: searchParams.get('fieldManager') ?? '',
    project: (json: Buffer) => json.toString('utf8'),
    signal,
  };
  if (method === 'POST') {
    const manifest = manifestSchema.parse(body);
    const { name } = manifest.metadata;
    return await fake.create(type, { ...write, name, manifest });
  }
  const name = call.name ?? '';
  if (method === 'DELETE') {
    const { propagationPolicy, dryRun, ...more } = deleteSchema.parse(body);
    const deletion = { ...more, propagation: propagationPolicy };
    const target = { namespace, name, signal };
    await fake.delete(type, { ...target, ...deletion, dryRun: !!dryRun });
    return '{}';
  }
  if (method !== 'PATCH') throw notAllowed(type);
  if (call.contentType === APPLY) {
    const manifest = manifestSchema.parse(body);
    const force = searchParams.get('force') === 'true';
    return await fake.apply(type, { ...write, name, manifest, force });
  }
  const patch = record.parse(body);
  return await fake.mergePatch(type, { ...write, name, patch });
}

function notAllowed({ resource }: ResourceType): KubeError {
  const reason = 'MethodNotAllowed';
  return new KubeError('Not served.', {
    cluster: 'http',
    status: 405,
    reason,
    resource,
  });
}
