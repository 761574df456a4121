// SPDX-License-Identifier: Apache-2.0
import { drawBoxes, MAX_BOXES } from './hitBoxes';

/** A range that is drawn in as many lines as told. */
function rangeOf(lines: number): Range {
  const range = new Range();
  const rects = Array.from({ length: lines }, (_unused, i) => ({
    left: 110,
    top: 40 + i * 20,
    width: 30,
    height: 20,
  }));
  return Object.assign(range, { getClientRects: () => rects });
}

function layerAt(left: number, top: number): HTMLElement {
  const layer = document.createElement('div');
  layer.getBoundingClientRect = () => new DOMRect(left, top, 0, 0);
  return layer;
}

describe('drawBoxes', () => {
  beforeAll(() => {
    // jsdom has no such thing.
    Object.assign(window, {
      DOMRect: class {
        constructor(readonly left: number, readonly top: number) {}
      },
    });
  });

  it('lays a box over each line of a hit, told apart where one stands', () => {
    const layer = layerAt(10, 20);
    drawBoxes(layer, { all: [rangeOf(2)], current: [rangeOf(1)] });
    const boxes = [...layer.querySelectorAll('mark')];
    expect(boxes.map(box => box.dataset.current)).toEqual([
      'true',
      'false',
      'false',
    ]);
    expect(boxes.map(box => [box.style.left, box.style.top])).toEqual([
      ['100px', '20px'],
      ['100px', '20px'],
      ['100px', '40px'],
    ]);
  });

  it('takes the boxes away when there are no hits', () => {
    const layer = layerAt(0, 0);
    drawBoxes(layer, { all: [rangeOf(1)], current: [] });
    drawBoxes(layer, { all: [], current: [] });
    expect(layer.childElementCount).toBe(0);
  });

  it('draws no more boxes than its bound', () => {
    const layer = layerAt(0, 0);
    drawBoxes(layer, { all: [rangeOf(MAX_BOXES + 5)], current: [] });
    expect(layer.childElementCount).toBe(MAX_BOXES);
  });
});
