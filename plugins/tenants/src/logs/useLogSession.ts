// SPDX-License-Identifier: Apache-2.0
import { useApi } from '@backstage/frontend-plugin-api';
import type { LogSelection } from '@tenantry/backstage-plugin-tenants-common';
import { useEffect, useMemo, useState, useSyncExternalStore } from 'react';
import { tenantsApiRef } from '../api';
import { browserEnvironment } from '../live/LiveEnvironment';
import { LogSession, type LogSnapshot } from './LogSession';

/** Reads the logs of a selection for as long as the component is shown. */
export function useLogSession(
  tenant: string,
  selection: LogSelection,
): LogSnapshot & { readonly restart: () => void } {
  const api = useApi(tenantsApiRef);
  const [round, setRound] = useState(0);
  const key = JSON.stringify([tenant, selection, round]);
  const session = useMemo(
    () => new LogSession({ api, env: browserEnvironment, tenant, selection }),
    // eslint-disable-next-line react-hooks/exhaustive-deps -- the key says when the selection is another one
    [api, key],
  );
  useEffect(() => {
    const controller = new AbortController();
    void session.run(controller.signal);
    return () => controller.abort();
  }, [session]);
  const snapshot = useSyncExternalStore(session.subscribe, session.read);
  return useMemo(
    () => ({ ...snapshot, restart: () => setRound(n => n + 1) }),
    [snapshot],
  );
}
