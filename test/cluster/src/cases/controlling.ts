// SPDX-License-Identifier: Apache-2.0
import { at, isJsonObject, itemsOf, type Json } from '../Json';
import type { Session } from '../Session';

export const APPS = 'apps/v1';
export const KUBELET_TURNS = 200;

export function gone(object: Json | undefined): boolean {
  return object === undefined;
}

export function statusOf(object: Json): Json {
  const status = at(object, 'status');
  if (!isJsonObject(status)) return 'none';
  const { conditions, ...rest } = status;
  return { ...rest, conditions: conditionsOf(conditions) };
}

/** Conditions in the order of their types, which no one promises. */
export function conditionsOf(value: Json | undefined): Json {
  const conditions = Array.isArray(value) ? value : [];
  return conditions
    .map(condition => ({
      type: String(at(condition, 'type')),
      status: at(condition, 'status'),
      reason: at(condition, 'reason'),
      message: at(condition, 'message'),
    }))
    .sort((a, b) => a.type.localeCompare(b.type));
}

/** Waits until a collection has as many objects as wanted, and shows them in the order of their names. */
export async function counted(
  api: Session,
  resource: string,
  { count, view }: { count: number; view: (item: Json) => Json | undefined },
): Promise<readonly Json[]> {
  const items = await api.count(api.in(resource), count);
  api.note(
    `${resource}`,
    items.map(item => view(item) ?? 'none'),
  );
  return items;
}

export function made(item: Json): Json {
  return {
    name: at(item, 'metadata', 'name'),
    labels: at(item, 'metadata', 'labels'),
    owners: at(item, 'metadata', 'ownerReferences'),
  };
}

/** Plays the kubelet: every pod of the namespace is ready. */
export async function readyPods(api: Session): Promise<void> {
  const { body } = await api.get(api.in('pods'), { quiet: true });
  for (const item of itemsOf(body)) {
    const name = String(at(item, 'metadata', 'name'));
    if (at(item, 'metadata', 'deletionTimestamp') !== undefined) continue;
    await api.patch(
      `${api.in('pods', name)}/status`,
      {
        status: {
          phase: 'Running',
          podIP: '192.0.2.7',
          podIPs: [{ ip: '192.0.2.7' }],
          conditions: [
            {
              type: 'Ready',
              status: 'True',
              lastTransitionTime: new Date().toISOString().replace(/\.\d+/, ''),
            },
          ],
        },
      },
      { quiet: true },
    );
  }
}

export async function ended(api: Session, phase: string): Promise<void> {
  const { body } = await api.get(api.in('pods'), { quiet: true });
  for (const item of itemsOf(body))
    if (at(item, 'status', 'phase') === 'Pending')
      await api.patch(
        `${api.in('pods', String(at(item, 'metadata', 'name')))}/status`,
        { status: { phase } },
        { quiet: true },
      );
}

export function replicas(count: number) {
  return (object: Json | undefined) =>
    (at(object, 'status', 'replicas') ?? 0) === count &&
    at(object, 'status', 'observedGeneration') ===
      at(object, 'metadata', 'generation');
}

/** The newest version of budgets that the server has. */
export async function budgetVersion(api: Session): Promise<string> {
  const { status } = await api.get('/apis/policy/v1', { quiet: true });
  return status === 200 ? 'v1' : 'v1beta1';
}

export function asObject(value: Json): { [key: string]: Json | undefined } {
  return isJsonObject(value) ? { ...value } : {};
}
