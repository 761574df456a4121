// SPDX-License-Identifier: Apache-2.0
import {
  isExpired,
  isNotFound,
  type KubeApi,
  type Projection,
  type ResourceType,
} from '@tenantry/backstage-plugin-tenants-node';
import type { JsonObject } from '@tenantry/backstage-plugin-tenants-node/definitions';
import type { LiveObject } from '../LiveObject';
import { isJsonObject, objectField, textField } from '../manifests/jsonValue';
import { mapConcurrently } from './mapConcurrently';
import { PLANNER_LIMITS } from './PlannerPorts';
import { TooManyObjectsError } from './TooManyObjectsError';

/** Where members of an ApplySet may be. */
export type MemberPlaces = {
  readonly kinds: readonly MemberKind[];
  readonly applySetId: string;
};

/** A kind, and the namespaces where objects of it may be. */
export type MemberKind = {
  readonly type: ResourceType;
  readonly namespaces: readonly string[];
};

/** What is in the cluster, and which of the kinds it does not serve. */
export type FoundMembers = {
  readonly objects: readonly LiveObject[];
  /** As `apiVersion/Kind`. */
  readonly notServed: ReadonlySet<string>;
};

/** Reads whole objects from one cluster, without what Secrets hold. */
export class LiveObjects {
  constructor(private readonly api: KubeApi) {}

  /** The members of an ApplySet, by one LIST per kind. @throws KubeError @throws TooManyObjectsError */
  async members(
    places: MemberPlaces,
    signal: AbortSignal,
  ): Promise<FoundMembers> {
    const lists = await mapConcurrently(
      places.kinds,
      PLANNER_LIMITS.callsAtOnce,
      kind => this.list(kind, places.applySetId, signal),
    );
    const notServed = new Set(
      places.kinds
        .filter((_kind, at) => lists[at] === undefined)
        .map(({ type: { group, version, kind } }) =>
          [...(group ? [group] : []), version, kind].join('/'),
        ),
    );
    const objects = lists.flatMap(list => list ?? []);
    if (objects.length > PLANNER_LIMITS.objects) {
      throw new TooManyObjectsError(objects.length);
    }
    return { objects, notServed };
  }

  /** One object; `undefined` when there is none. @throws KubeError */
  async get(
    type: ResourceType,
    at: { readonly namespace?: string; readonly name: string },
    signal: AbortSignal,
  ): Promise<LiveObject | undefined> {
    try {
      return await this.api.get(type, { ...at, project: wholeObject, signal });
    } catch (error) {
      if (isNotFound(error)) return undefined;
      throw error;
    }
  }

  /** All objects of a kind in a namespace. @throws KubeError */
  async inNamespace(
    type: ResourceType,
    namespace: string,
    signal: AbortSignal,
  ): Promise<readonly LiveObject[]> {
    return (
      (await this.pages(type, { project: wholeObject, namespace, signal })) ??
      []
    );
  }

  private async list(
    { type, namespaces }: MemberKind,
    applySetId: string,
    signal: AbortSignal,
  ): Promise<readonly LiveObject[] | undefined> {
    const [only, ...others] = type.namespaced ? namespaces : [];
    return this.pages(type, {
      labels: { 'applyset.kubernetes.io/part-of': applySetId },
      // Of several namespaces one list across all is still one list.
      ...(only !== undefined && others.length === 0 && { namespace: only }),
      project: wholeObject,
      signal,
    });
  }

  /** `undefined` when the kind is not served. A list that grew too old on the way is read once more from its start. */
  private async pages(
    type: ResourceType,
    options: Omit<Parameters<KubeApi['list']>[1], 'limit' | 'project'> & {
      readonly project: Projection<LiveObject>;
    },
    again = true,
  ): Promise<readonly LiveObject[] | undefined> {
    const items: LiveObject[] = [];
    let next: string | undefined;
    try {
      do {
        const page = await this.api.list(type, {
          ...options,
          limit: PLANNER_LIMITS.pageSize,
          ...(next !== undefined && { continue: next }),
        });
        items.push(...page.items.map(item => withKind(item, type)));
        next = page.continue;
      } while (next !== undefined && items.length <= PLANNER_LIMITS.objects);
      return items;
    } catch (error) {
      if (isNotFound(error)) return undefined;
      if (again && isExpired(error)) return this.pages(type, options, false);
      throw error;
    }
  }
}

const SET = '<set>';

/** The object as it is; of a Secret’s data only the names. */
export function wholeObject(json: Buffer): LiveObject {
  const object: unknown = JSON.parse(json.toString('utf8'));
  if (!isJsonObject(object)) throw new Error('The answer is no object.');
  return 'data' in object && isSecret(object)
    ? { ...object, data: masked(objectField(object, 'data')) }
    : object;
}

/** Items of lists may leave their kind out; those with a type and data are taken for Secrets. */
function isSecret(object: JsonObject): boolean {
  const kind = textField(object, 'kind');
  return kind === 'Secret' || (kind === undefined && 'type' in object);
}

function masked(data: JsonObject): JsonObject {
  return Object.fromEntries(Object.keys(data).map(name => [name, SET]));
}

function withKind(object: LiveObject, type: ResourceType): LiveObject {
  const { group, version, kind } = type;
  const apiVersion = group === '' ? version : `${group}/${version}`;
  return { apiVersion, kind, ...object };
}
