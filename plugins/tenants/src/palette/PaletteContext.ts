// SPDX-License-Identifier: Apache-2.0
import { createContext, useContext } from 'react';

/** Opens the palette; `undefined` outside of our pages. */
export const PaletteContext = createContext<(() => void) | undefined>(
  undefined,
);

/** Opens the palette of the page; `undefined` where there is none. */
export function useOpenPalette(): (() => void) | undefined {
  return useContext(PaletteContext);
}
