// SPDX-License-Identifier: Apache-2.0
import {
  isNotFound,
  type KubeApi,
} from '@tenantry/backstage-plugin-tenants-node';
import type { JsonObject } from '@tenantry/backstage-plugin-tenants-node/definitions';
import { z } from 'zod';
import { resourceTypeOf } from '../../modules/resourceTypes';
import { APPLY_SET_PART_OF } from '../../records/applySet';
import { EFFECT_LIMITS } from './EffectPorts';
import { inParallel } from './inParallel';

const memberSchema = z.looseObject({
  metadata: z.looseObject({
    name: z.string(),
    namespace: z.string().optional(),
    uid: z.string(),
    resourceVersion: z.string(),
    labels: z.record(z.string(), z.string()).default({}),
    deletionTimestamp: z.string().optional(),
  }),
});

/** An object as a cluster has it, whole. */
export type LiveObject = z.infer<typeof memberSchema>;

/** An object of an ApplySet. */
export type Member = {
  readonly apiVersion: string;
  readonly kind: string;
  readonly object: LiveObject;
};

/** Where members may be: namespaces (empty: cluster-wide) by `apiVersion/Kind`. */
export type Places = Readonly<Record<string, readonly string[]>>;

export function parseLive(json: Buffer): LiveObject {
  return memberSchema.parse(JSON.parse(json.toString('utf8')));
}

const jsonObject = z.record(z.string(), z.json());

/** A live object as plain JSON; lists leave out what kind it is of. */
export function liveJson(
  { apiVersion, kind }: { readonly apiVersion: string; readonly kind: string },
  object: LiveObject,
): JsonObject {
  return jsonObject.parse({ ...object, apiVersion, kind });
}

/** `apiVersion` and `kind` of a key. */
export function splitKind(key: string): readonly [string, string] {
  const at = key.lastIndexOf('/');
  return [key.slice(0, at), key.slice(at + 1)];
}

/** `apiVersion/Kind namespace/name`: says which object is meant. */
export function objectKey(object: {
  readonly apiVersion: string;
  readonly kind: string;
  readonly metadata: { readonly name: string; readonly namespace?: string };
}): string {
  const { apiVersion, kind, metadata } = object;
  return `${apiVersion}/${kind} ${metadata.namespace ?? ''}/${metadata.name}`;
}

/** Every member of an ApplySet: one list by label per kind and namespace. A kind the cluster does not serve has none. */
export async function readMembers(
  api: KubeApi,
  applySetId: string,
  where: { readonly places: Places; readonly signal: AbortSignal },
): Promise<readonly Member[]> {
  const { places, signal } = where;
  const lists = Object.entries(places).flatMap(([key, namespaces]) =>
    namespaces.map(namespace => ({ key, namespace })),
  );
  const found = await inParallel(lists, EFFECT_LIMITS.parallel, list =>
    listKind(api, applySetId, { ...list, signal }),
  );
  return found.flat();
}

async function listKind(
  api: KubeApi,
  applySetId: string,
  list: {
    readonly key: string;
    readonly namespace: string;
    readonly signal: AbortSignal;
  },
): Promise<readonly Member[]> {
  const [apiVersion, kind] = splitKind(list.key);
  const members: Member[] = [];
  let next: string | undefined;
  try {
    do {
      const page = await api.list(resourceTypeOf(apiVersion, kind), {
        ...(list.namespace && { namespace: list.namespace }),
        labels: { [APPLY_SET_PART_OF]: applySetId },
        limit: EFFECT_LIMITS.listPage,
        continue: next,
        project: parseLive,
        signal: list.signal,
      });
      members.push(...page.items.map(object => ({ apiVersion, kind, object })));
      next = page.continue;
    } while (next);
  } catch (error) {
    if (!isNotFound(error)) throw error;
  }
  return members;
}
