// SPDX-License-Identifier: Apache-2.0
import { lazy, Suspense, useCallback, useState, type ReactNode } from 'react';
import { useGo, useLinks } from '../navigation';
import type { Action } from '../operations/Action';
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
  | { readonly is: 'palette' | 'sheet' }
  | {
      readonly is: 'preview';
      readonly tenant: string;
      readonly action: Action;
    };

/** The palette and the keys of our pages. An action that is chosen shows its preview; what was started opens its drawer. */
export function PaletteProvider({
  children,
}: {
  readonly children: ReactNode;
}) {
  const [layer, setLayer] = useState<Layer>();
  const [lettersOn, setLettersOn] = useLettersOn();
  const links = useLinks();
  const go = useGo();
  const close = useCallback(() => setLayer(undefined), []);
  const open = useCallback(() => setLayer({ is: 'palette' }), []);
  usePageKeys({
    onPalette: open,
    onSheet: () => setLayer({ is: 'sheet' }),
    lettersOn,
  });
  return (
    <PaletteContext.Provider value={open}>
      {children}
      <Suspense fallback={null}>
        {layer?.is === 'palette' && (
          <Palette
            onClose={close}
            onAction={(tenant, action) =>
              setLayer({ is: 'preview', tenant, action })
            }
          />
        )}
        {layer?.is === 'sheet' && (
          <KeySheet
            lettersOn={lettersOn}
            onLettersOn={setLettersOn}
            onClose={close}
          />
        )}
        {layer?.is === 'preview' && (
          <OperationDialog
            tenant={layer.tenant}
            action={layer.action}
            onStarted={({ id }) => {
              close();
              go(links.tenant(layer.tenant, 'overview', { op: id }));
            }}
            onClose={close}
          />
        )}
      </Suspense>
    </PaletteContext.Provider>
  );
}
