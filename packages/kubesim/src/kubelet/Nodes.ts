// SPDX-License-Identifier: Apache-2.0
import type { Pod } from './Pod';

export type Node = { readonly name: string; readonly ip: string };

/** Places for pods: the node with the fewest takes the next, and every pod gets its own address. */
export class Nodes {
  private readonly pods = new Map<string, number>();
  private readonly addresses: number[];

  constructor(readonly all: readonly Node[]) {
    this.addresses = all.map(() => 10);
  }

  /** The one with the fewest pods. */
  choose(among: readonly Node[] = this.all): Node {
    return among.reduce((best, node) =>
      this.load(node) < this.load(best) ? node : best,
    );
  }

  find(name: string | undefined): Node | undefined {
    return this.all.find(node => node.name === name);
  }

  took(name: string): void {
    this.pods.set(name, (this.pods.get(name) ?? 0) + 1);
  }

  released({ spec: { nodeName = '' } }: Pod): void {
    this.pods.set(nodeName, Math.max(0, (this.pods.get(nodeName) ?? 0) - 1));
  }

  /** Addresses of a node come back after 240 pods. */
  nextAddress(node: Node = this.all[0]): string {
    const at = Math.max(0, this.all.indexOf(node));
    this.addresses[at] =
      this.addresses[at] >= 250 ? 10 : this.addresses[at] + 1;
    return `10.244.${at}.${this.addresses[at]}`;
  }

  private load({ name }: Node): number {
    return this.pods.get(name) ?? 0;
  }
}
