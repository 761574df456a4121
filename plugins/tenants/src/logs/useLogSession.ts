// SPDX-License-Identifier: Apache-2.0
import { useApi } from '@backstage/frontend-plugin-api';
import type { LogSelection } from '@tenantry/backstage-plugin-tenants-common';
import { useEffect, useMemo, useState } from 'react';
import { tenantsApiRef } from '../api';
import { browserEnvironment } from '../live/LiveEnvironment';
import type { NextFrame } from './LogIngest';
import { LogSession } from './LogSession';
import { openLogTabs } from './tabs/openLogTabs';
import { openLogWork } from './work/openLogWork';

/** Frames stop in a tab that is not drawn; what came last must still arrive. */
const LATE_FRAME_MS = 100;

const browserFrame: NextFrame = task => {
  let done = false;
  const once = () => {
    if (done) return;
    done = true;
    task();
  };
  const frame = requestAnimationFrame(once);
  const late = setTimeout(once, LATE_FRAME_MS);
  return () => {
    done = true;
    cancelAnimationFrame(frame);
    clearTimeout(late);
  };
};

/** Reads the logs of a selection for as long as the component is shown. */
export function useLogSession(
  tenant: string,
  selection: LogSelection,
): { readonly session: LogSession; readonly restart: () => void } {
  const api = useApi(tenantsApiRef);
  const [round, setRound] = useState(0);
  const key = JSON.stringify([tenant, selection, round]);
  const session = useMemo(
    () =>
      new LogSession({
        api,
        env: browserEnvironment,
        tenant,
        selection,
        work: openLogWork(),
        frame: browserFrame,
      }),
    // eslint-disable-next-line react-hooks/exhaustive-deps -- the key says when the selection is another one
    [api, key],
  );
  useEffect(() => {
    const controller = new AbortController();
    void session.run(controller.signal);
    const letGo = openLogTabs()?.hold(session.give);
    return () => {
      letGo?.();
      controller.abort();
      session.work.close();
    };
  }, [session]);
  return useMemo(
    () => ({ session, restart: () => setRound(n => n + 1) }),
    [session],
  );
}
