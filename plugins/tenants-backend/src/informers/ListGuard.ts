// SPDX-License-Identifier: Apache-2.0
import { isOlder } from './resourceVersion';

/** How often in a row an empty list has to come before it is believed. */
const emptyListsNeeded = 2;
/** How often in a row lists from the past have to come: a restored etcd really goes back. */
const olderListsNeeded = 5;

/** Decides whether a list may replace what we have. One wrong answer must not delete everything. */
export class ListGuard {
  private doubts = 0;
  /** The newest resource version ever heard. */
  private newest?: string;

  /** Notes how far we are. */
  heard(resourceVersion: string): void {
    if (this.newest === undefined || !isOlder(resourceVersion, this.newest)) {
      this.newest = resourceVersion;
    }
  }

  /** Whether a list of `count` objects may replace `present` ones. A refused one is to be asked for again. */
  accepts(list: {
    readonly count: number;
    readonly present: number;
    readonly resourceVersion: string;
  }): boolean {
    const older =
      this.newest !== undefined && isOlder(list.resourceVersion, this.newest);
    const emptied = list.count === 0 && list.present > 0;
    this.doubts = older || emptied ? this.doubts + 1 : 0;
    const needed = older ? olderListsNeeded : emptyListsNeeded;
    if (this.doubts > 0 && this.doubts < needed) return false;
    this.doubts = 0;
    this.newest = list.resourceVersion;
    return true;
  }
}
