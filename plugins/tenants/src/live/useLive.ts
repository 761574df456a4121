// SPDX-License-Identifier: Apache-2.0
import { useApi } from '@backstage/frontend-plugin-api';
import type {
  Operation,
  OperationsValue,
  PlatformStatus,
  Tenant,
  TenantsValue,
} from '@tenantry/backstage-plugin-tenants-common';
import { useCallback, useMemo, useSyncExternalStore } from 'react';
import { liveStreamApiRef } from '../api';
import type { Live, LiveTopic } from './Live';

const TENANTS = { kind: 'tenants' } as const;
const PLATFORM = { kind: 'platform' } as const;

type TopicValues = {
  tenants: TenantsValue;
  tenant: Tenant;
  platform: PlatformStatus;
  operation: Operation;
  operations: OperationsValue;
};

/** What is known of what is not followed. */
const NOT_FOLLOWED: Live<never> = {
  connection: { state: 'connecting', tries: 0 },
};

function useLive<K extends LiveTopic['kind']>(
  topic: (LiveTopic & { kind: K }) | undefined,
): Live<TopicValues[K]> {
  const stream = useApi(liveStreamApiRef);
  const follow = useCallback(
    (listener: () => void) =>
      topic ? stream.follow(topic, listener) : () => {},
    [stream, topic],
  );
  const live = useSyncExternalStore(follow, () =>
    topic ? stream.read(topic) : NOT_FOLLOWED,
  );
  // The stream checks every snapshot with the schema of its topic, see parseTopicValue.
  return live as Live<TopicValues[K]>;
}

/** Follows every tenant the user may see. */
export function useLiveTenants(): Live<TenantsValue> {
  return useLive(TENANTS);
}

/** Follows one tenant. */
export function useLiveTenant(tenant: string): Live<Tenant> {
  const topic = useMemo(() => ({ kind: 'tenant' as const, tenant }), [tenant]);
  return useLive(topic);
}

/** Follows the state of the clusters; nothing where that is not wanted. */
export function useLivePlatform(isWanted = true): Live<PlatformStatus> {
  return useLive(isWanted ? PLATFORM : undefined);
}

/** Follows one operation. */
export function useLiveOperation(operation: string): Live<Operation> {
  const topic = useMemo(
    () => ({ kind: 'operation' as const, operation }),
    [operation],
  );
  return useLive(topic);
}

/** Follows the newest operations of a tenant, or of all tenants; nothing where that is not wanted. */
export function useLiveOperations(
  tenant: string | undefined,
  isWanted = true,
): Live<OperationsValue> {
  const topic = useMemo(
    () => (isWanted ? { kind: 'operations' as const, tenant } : undefined),
    [tenant, isWanted],
  );
  return useLive(topic);
}

/** Makes the stream try again at once. */
export function useTryNow(): () => void {
  const stream = useApi(liveStreamApiRef);
  return useCallback(() => stream.tryNow(), [stream]);
}
