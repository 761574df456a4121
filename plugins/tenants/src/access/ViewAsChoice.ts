// SPDX-License-Identifier: Apache-2.0

const STORAGE_KEY = 'tenantry.viewAs';

type ViewAsChoiceOptions = {
  /** Kept for the browser tab, so that another tab shows what one may see oneself. */
  readonly storage: Pick<Storage, 'getItem' | 'setItem' | 'removeItem'>;
};

/** As whom a platform engineer looks at the portal in this browser tab. */
export class ViewAsChoice {
  readonly #storage: ViewAsChoiceOptions['storage'];
  readonly #listeners = new Set<() => void>();

  constructor({ storage }: ViewAsChoiceOptions) {
    this.#storage = storage;
  }

  /** Entity reference of the user; `undefined` when one looks as oneself. */
  readonly get = (): string | undefined =>
    this.#storage.getItem(STORAGE_KEY) || undefined;

  /** Looks as somebody else from now on, or as oneself again. */
  set(user: string | undefined): void {
    if (user === undefined) this.#storage.removeItem(STORAGE_KEY);
    else this.#storage.setItem(STORAGE_KEY, user);
    for (const listener of [...this.#listeners]) listener();
  }

  /** Tells of each change until the returned function is called. */
  readonly subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  };
}
