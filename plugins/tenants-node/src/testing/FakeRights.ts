// SPDX-License-Identifier: Apache-2.0

/** What a fake cluster lets its caller see. */
export class FakeRights {
  private readonly taken = new Set<string>();

  /** Takes or gives the right: everywhere, or in one namespace (`''`: across namespaces). */
  set(resource: string, allowed: boolean, namespace?: string): void {
    const key = keyOf(resource, namespace);
    if (allowed) this.taken.delete(key);
    else this.taken.add(key);
  }

  allow(resource: string, namespace = ''): boolean {
    return !(
      this.taken.has(keyOf(resource)) ||
      this.taken.has(keyOf(resource, namespace))
    );
  }
}

function keyOf(resource: string, namespace?: string): string {
  return namespace === undefined ? resource : `${resource} ${namespace}`;
}
