// SPDX-License-Identifier: Apache-2.0
import type { ModuleChoice } from '@tenantry/backstage-plugin-tenants-common';
import { useMemo, useState } from 'react';
import { useQuery, type QueryChange } from '../../../navigation';
import { FIT_CHANGES, type FitChoice } from './fitQuestion';

function readReplicas(text: string | null): number | undefined {
  return text !== null && /^\d{1,4}$/.test(text) ? Number(text) : undefined;
}

/** What is asked, kept in the address; parameters of a module are held here, they are too long for one. */
export function useFitChoice(environment: string) {
  const [search, change] = useQuery();
  const [held, setHeld] = useState<{ of: string; module: ModuleChoice }>();
  const [kind, workload, replicas, tier, name] = [
    'fit',
    'fitWorkload',
    'fitReplicas',
    'fitTier',
    'fitModule',
  ].map(key => search.get(key));
  const choice = useMemo<FitChoice>(() => {
    const isHeld = held?.of === environment && held.module.name === name;
    const named = name ? { name, parameters: {} } : undefined;
    return {
      change: FIT_CHANGES.find(known => known === kind),
      workload: workload ?? undefined,
      replicas: readReplicas(replicas),
      tier: tier ?? undefined,
      module: isHeld ? held.module : named,
    };
  }, [environment, held, kind, workload, replicas, tier, name]);
  return {
    choice,
    setFields: (fields: QueryChange) => change(fields, { replace: true }),
    setModule: (module: ModuleChoice) => {
      setHeld({ of: environment, module });
      change({ fitModule: module.name }, { replace: true });
    },
  };
}
