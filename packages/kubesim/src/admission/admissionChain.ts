// SPDX-License-Identifier: Apache-2.0
import type { KindRegistry } from '../kinds/KindRegistry';
import type { ObjectStore } from '../storage/ObjectStore';
import type { Admission } from './Admission';
import { LimitRanger } from './LimitRanger';
import { QuotaKeeper } from './QuotaKeeper';

/** Limit ranges first, since quotas count what they fill in. */
export function admissionChain(ports: {
  store: ObjectStore;
  kinds: KindRegistry;
}): Admission {
  const limits = new LimitRanger(ports);
  const quotas = new QuotaKeeper(ports);
  quotas.start();
  return {
    admitCreate: (kind, draft) => {
      limits.admitCreate(kind, draft);
      quotas.admitCreate(kind, draft);
    },
  };
}
