// SPDX-License-Identifier: Apache-2.0
import { lazy, Suspense, useCallback, type ReactNode } from 'react';
import { useGo, useLinks } from '../navigation';
import type { Action } from '../operations/Action';
import { useKeptState } from '../useKeptState';
import { PaletteContext } from './PaletteContext';
import { useLettersOn } from './useLettersOn';
import { usePageKeys } from './usePageKeys';

// Their weight comes with the first use.
const Palette = lazy(() =>
  import('./Palette').then(module => ({ default: module.Palette })),
);
const KeySheet = lazy(() =>
  import('./KeySheet').then(module => ({ default: module.KeySheet })),
);
const OperationDialog = lazy(() =>
  import('../operations/OperationDialog').then(module => ({
    default: module.OperationDialog,
  })),
);

type Layer =
  | { readonly of: 'palette'; readonly typed: string }
  | { readonly of: 'sheet' };

type ChosenAction = { readonly tenant: string; readonly action: Action };

/** The palette and the keys of our pages. An action that is chosen shows its preview; what was started opens its drawer. */
export function PaletteProvider({
  children,
}: {
  readonly children: ReactNode;
}) {
  // The portal draws all pages anew when the colours of the system change.
  const [layer, setLayer] = useKeptState<Layer>('layer of the palette');
  const [chosen, setChosen] = useKeptState<ChosenAction>('chosen action');
  const [lettersOn, setLettersOn] = useLettersOn();
  const links = useLinks();
  const go = useGo();
  const close = useCallback(() => setLayer(undefined), [setLayer]);
  const open = useCallback(
    () => setLayer({ of: 'palette', typed: '' }),
    [setLayer],
  );
  usePageKeys({
    onPalette: open,
    onSheet: () => setLayer({ of: 'sheet' }),
    lettersOn,
  });
  return (
    <PaletteContext.Provider value={open}>
      {children}
      <Suspense fallback={null}>
        {layer?.of === 'palette' && (
          <Palette
            typed={layer.typed}
            onTyped={typed => setLayer({ of: 'palette', typed })}
            onClose={close}
            onAction={(tenant, action) =>
              // A copy: what is typed belongs to this one time.
              setChosen({ tenant, action: { ...action } })
            }
          />
        )}
        {layer?.of === 'sheet' && (
          <KeySheet
            lettersOn={lettersOn}
            onLettersOn={setLettersOn}
            onClose={close}
          />
        )}
        {chosen && (
          <OperationDialog
            tenant={chosen.tenant}
            action={chosen.action}
            onStarted={({ id }) => {
              setChosen(undefined);
              go(links.tenant(chosen.tenant, 'overview', { op: id }));
            }}
            onClose={() => setChosen(undefined)}
          />
        )}
      </Suspense>
    </PaletteContext.Provider>
  );
}
