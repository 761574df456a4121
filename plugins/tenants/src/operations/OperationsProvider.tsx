// SPDX-License-Identifier: Apache-2.0
import {
  createContext,
  useCallback,
  useContext,
  useMemo,
  type ReactNode,
} from 'react';
import type { Explained, Rights } from '../access/useAllowedActions';
import { useQuery } from '../navigation';
import { useKeptState } from '../useKeptState';
import type { Action } from './Action';
import { permissionOf } from './Action';
import { OperationDialog } from './OperationDialog';

/** How a page offers actions on its tenant. */
export type Operations = {
  /** Opens the preview of an action. */
  readonly launch: (action: Action) => void;
  /** Whether it is offered: not while rights are being read, and not without the right. */
  readonly offers: (action: Action) => boolean;
  /** Why it is closed to the user; `undefined` when it is not, or nobody could say. */
  readonly whyNot: (action: Action) => Explained | undefined;
};

const OperationsContext = createContext<Operations | undefined>(undefined);

/** What can be done with the tenant of the page; `undefined` where nothing can be changed, as on an entity page. */
export function useOperations(): Operations | undefined {
  return useContext(OperationsContext);
}

/** Lets everything inside it offer actions on one tenant, and shows their preview. What was started opens its drawer. */
export function OperationsProvider(props: {
  readonly tenant: string;
  readonly rights: Rights;
  readonly children: ReactNode;
}) {
  const { tenant, rights, children } = props;
  const [action, setAction] = useKeptState<Action>(`preview of ${tenant}`);
  const [, change] = useQuery();
  const whyNot = useCallback(
    (asked: Action) => {
      const why = rights.explain(permissionOf(asked));
      return why?.allowed === false ? why : undefined;
    },
    [rights],
  );
  const operations = useMemo<Operations>(
    () => ({
      // A copy: what is typed belongs to this one time.
      launch: asked => setAction({ ...asked }),
      offers: asked => !rights.isLoading && whyNot(asked) === undefined,
      whyNot,
    }),
    [rights, whyNot, setAction],
  );
  return (
    <OperationsContext.Provider value={operations}>
      {children}
      {action && (
        <OperationDialog
          tenant={tenant}
          action={action}
          onStarted={operation => {
            setAction(undefined);
            change({ op: operation.id });
          }}
          onClose={() => setAction(undefined)}
        />
      )}
    </OperationsContext.Provider>
  );
}
