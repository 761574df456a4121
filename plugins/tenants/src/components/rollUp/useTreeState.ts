// SPDX-License-Identifier: Apache-2.0
import type { Tenant } from '@tenantry/backstage-plugin-tenants-common';
import { useCallback, useMemo, useState } from 'react';
import { buildRollUp } from './rollUp';
import { allParents, foldHealthy, visibleRows, worstPath } from './rollUpRows';
import { useShared } from './shareEqual';

/** Which pods the tree shows: quiet ones folded, or all. */
export type TreeView = 'problems' | 'all';

/** What the tree shows of a tenant, and what of it stands open. */
export function useTreeState(tenant: Tenant) {
  const [view, setView] = useState<TreeView>('problems');
  const nodes = useShared(
    useMemo(() => {
      const tree = buildRollUp(tenant);
      return view === 'problems' ? foldHealthy(tree) : tree;
    }, [tenant, view]),
  );
  // Only what the user opened or closed is held, so that the path to the worst follows what happens.
  const [chosen, setChosen] = useState<ReadonlyMap<string, boolean>>(new Map());
  const open = useMemo(() => {
    const ids = view === 'problems' ? worstPath(nodes) : allParents(nodes);
    const set = new Set(ids);
    for (const [id, isOpen] of chosen) {
      if (isOpen) set.add(id);
      else set.delete(id);
    }
    return set;
  }, [nodes, view, chosen]);
  const setOpen = useCallback(
    (id: string, isOpen: boolean) =>
      setChosen(previous => new Map(previous).set(id, isOpen)),
    [],
  );
  const rows = useMemo(() => visibleRows(nodes, open), [nodes, open]);
  const choose = (next: TreeView) => {
    setView(next);
    setChosen(new Map());
  };
  return { nodes, rows, open, setOpen, view, choose };
}

/** What {@link useTreeState} gives. */
export type TreeState = ReturnType<typeof useTreeState>;
