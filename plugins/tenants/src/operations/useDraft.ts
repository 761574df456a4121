// SPDX-License-Identifier: Apache-2.0
import {
  createContext,
  useContext,
  useEffect,
  useState,
  type Dispatch,
  type SetStateAction,
} from 'react';
import type { Action } from './Action';

/** What was chosen and typed in one preview, by name. In memory only. */
export type Drafts = Map<string, unknown>;

const draftsByAction = new WeakMap<Action, Drafts>();

/** The drafts of an action that was opened; they go with it. */
export function draftsOf(action: Action): Drafts {
  const known = draftsByAction.get(action);
  if (known) return known;
  const drafts: Drafts = new Map();
  draftsByAction.set(action, drafts);
  return drafts;
}

/** The drafts of the preview around. */
export const DraftsContext = createContext<Drafts>(new Map());

/** State of a preview that is there again when the portal draws all pages anew. */
export function useDraft<T>(
  name: string,
  initial: T,
): [T, Dispatch<SetStateAction<T>>] {
  const drafts = useContext(DraftsContext);
  const [value, setValue] = useState<T>(
    // Nobody else writes under this name.
    () => (drafts.has(name) ? (drafts.get(name) as T) : initial),
  );
  useEffect(() => {
    drafts.set(name, value);
  }, [drafts, name, value]);
  return [value, setValue];
}
