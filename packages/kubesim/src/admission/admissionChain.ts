// SPDX-License-Identifier: Apache-2.0
import type { KindRegistry } from '../kinds/KindRegistry';
import type { ObjectStore } from '../storage/ObjectStore';
import type { Random } from '../time/Clock';
import { AccountMounter } from './AccountMounter';
import type { Admission } from './Admission';
import { DefaultStorageClass } from './DefaultStorageClass';
import { DefaultTolerations } from './DefaultTolerations';
import { InUseProtection } from './InUseProtection';
import { LimitRanger } from './LimitRanger';
import { PodSecurity } from './podsecurity/PodSecurity';
import { Priority } from './Priority';
import { QuotaKeeper } from './QuotaKeeper';

/** In the order of the real server: limit ranges first, since quotas count what they fill in, and quotas last. */
export function admissionChain(ports: {
  readonly store: ObjectStore;
  readonly kinds: KindRegistry;
  /** For the names of what is added to objects. */
  readonly random: Random;
  /** Asked before all others. */
  readonly guards?: readonly Admission[];
}): Required<Admission> {
  const quotas = new QuotaKeeper(ports);
  quotas.start();
  const chain: readonly Admission[] = [
    ...(ports.guards ?? []),
    new LimitRanger(ports),
    new AccountMounter(ports),
    new PodSecurity(ports),
    new Priority(ports),
    new DefaultTolerations(),
    new DefaultStorageClass(ports),
    new InUseProtection(),
    quotas,
  ];
  return {
    admit: (kind, change, call) => {
      for (const item of chain) item.admit?.(kind, change, call);
    },
    validate: (kind, change, call) => {
      for (const item of chain) item.validate?.(kind, change, call);
    },
  };
}
