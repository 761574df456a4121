// SPDX-License-Identifier: Apache-2.0
import { at, type Json } from '../Json';
import type { Session } from '../Session';
import { BOX, pod } from './objects';

export function quota(name: string, hard: object, more: object = {}) {
  return {
    apiVersion: 'v1',
    kind: 'ResourceQuota',
    metadata: { name },
    spec: { hard, ...more },
  };
}

export function limits(...list: readonly object[]) {
  return {
    apiVersion: 'v1',
    kind: 'LimitRange',
    metadata: { name: 'l' },
    spec: { limits: list },
  };
}

export function boxed(name: string, resources: object, more: object = {}) {
  return pod(name, { containers: [{ ...BOX, resources }], ...more });
}

/** Makes a quota and waits until it counts. */
export async function counting(api: Session, body: ReturnType<typeof quota>) {
  await api.post(api.in('resourcequotas'), body, { quiet: true });
  await usage(api, body.metadata.name, true);
}

export function usage(api: Session, name: string, quiet = false) {
  return api.settle(
    api.in('resourcequotas', name),
    object => at(object, 'status', 'used') !== undefined,
    { quiet, view: object => at(object, 'status') },
  );
}

export function resourcesOf(body: Json): Json | undefined {
  return at(body, 'spec', 'containers', 0, 'resources');
}
