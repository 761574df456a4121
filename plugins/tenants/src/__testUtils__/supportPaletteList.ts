// SPDX-License-Identifier: Apache-2.0

/** What jsdom lacks and the list of the palette needs. */
export function supportPaletteList(): void {
  Object.defineProperty(window, 'ResizeObserver', {
    value: class {
      observe() {}
      unobserve() {}
      disconnect() {}
    },
  });
  Element.prototype.scrollIntoView = () => {};
}
