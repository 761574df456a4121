// SPDX-License-Identifier: Apache-2.0
import '@testing-library/jest-dom';
import { configure } from '@testing-library/react';

// The first page of a file loads the portal; that takes long on a busy machine.
configure({ asyncUtilTimeout: 10_000 });
jest.setTimeout(30_000);

// jsdom has no layout: every test sees a window of this width.
const WIDTH_PX = 1440;

Object.defineProperty(window, 'matchMedia', {
  writable: true,
  value: (query: string) => {
    const [, least] = /min-width:\s*(\d+)px/.exec(query) ?? [];
    return {
      matches: least !== undefined && WIDTH_PX >= Number(least),
      media: query,
      addEventListener: () => {},
      removeEventListener: () => {},
      addListener: () => {},
      removeListener: () => {},
    };
  },
});

// Nothing is drawn, so no text stands anywhere.
Range.prototype.getClientRects = () =>
  document.createElement('span').getClientRects();
