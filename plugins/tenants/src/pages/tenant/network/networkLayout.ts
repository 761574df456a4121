// SPDX-License-Identifier: Apache-2.0
import type {
  EnvironmentNetwork,
  NetworkFlow,
  NetworkWorkload,
} from '@tenantry/backstage-plugin-tenants-common';

/** Sizes in the units of the drawing. */
export const NODE = { width: 176, height: 44, gapX: 44, gapY: 40 } as const;
const COLUMNS = 4;
const PAD = 20;
const HEAD = 28;

/** A workload in the drawing. */
export type NetworkBox = {
  readonly x: number;
  readonly y: number;
  readonly workload: NetworkWorkload;
};

/** A namespace in the drawing: the ground its workloads stand on. */
export type NetworkGround = {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
  readonly name: string;
  readonly isOpen: boolean;
};

/** Where everything stands. */
export type NetworkLayout = {
  readonly width: number;
  readonly height: number;
  readonly grounds: readonly NetworkGround[];
  readonly boxes: readonly NetworkBox[];
};

/** Puts each namespace below the one before, its workloads in rows. */
export function layoutNetwork(network: EnvironmentNetwork): NetworkLayout {
  const width = 2 * PAD + COLUMNS * NODE.width + (COLUMNS - 1) * NODE.gapX;
  const grounds: NetworkGround[] = [];
  const boxes: NetworkBox[] = [];
  let top = 0;
  for (const { name, deniesIngress } of network.namespaces) {
    const here = network.workloads.filter(w => w.namespace === name);
    const rows = Math.max(1, Math.ceil(here.length / COLUMNS));
    const height = HEAD + 2 * PAD + rows * NODE.height + (rows - 1) * NODE.gapY;
    const isOpen = !deniesIngress;
    const y = top;
    grounds.push({ x: 0, y, width, height, name, isOpen });
    here.forEach((workload, at) => {
      const column = at % COLUMNS;
      const row = Math.floor(at / COLUMNS);
      boxes.push({
        workload,
        x: PAD + column * (NODE.width + NODE.gapX),
        y: y + HEAD + PAD + row * (NODE.height + NODE.gapY),
      });
    });
    top += height + PAD;
  }
  return { width, height: Math.max(1, top - PAD), grounds, boxes };
}

/** Flows that are drawn: those of the chosen workload; of all, when there are few enough to follow. */
export function flowsToDraw(
  network: EnvironmentNetwork,
  chosen: string | undefined,
): readonly NetworkFlow[] {
  if (chosen !== undefined) {
    return network.flows.filter(
      ({ from, to }) => from === chosen || to === chosen,
    );
  }
  const count = network.workloads.length;
  const isComplete = network.flows.length === count * (count - 1);
  return isComplete && count > 3 ? [] : network.flows;
}

/** A curve from the edge of one box to the edge of another. */
export function flowPath(from: NetworkBox, to: NetworkBox): string {
  const half = NODE.width / 2;
  if (from.y === to.y) {
    const isRight = to.x > from.x;
    const x1 = from.x + half + (isRight ? 10 : -10);
    const x2 = to.x + half + (isRight ? -10 : 10);
    const y = isRight ? from.y : from.y + NODE.height;
    const bend = isRight ? y - 22 : y + 22;
    return `M${x1} ${y}C${x1} ${bend} ${x2} ${bend} ${x2} ${y}`;
  }
  const isDown = to.y > from.y;
  const x1 = from.x + half + (isDown ? 6 : -6);
  const x2 = to.x + half + (isDown ? 6 : -6);
  const y1 = isDown ? from.y + NODE.height : from.y;
  const y2 = isDown ? to.y : to.y + NODE.height;
  const middle = (y1 + y2) / 2;
  return `M${x1} ${y1}C${x1} ${middle} ${x2} ${middle} ${x2} ${y2}`;
}
