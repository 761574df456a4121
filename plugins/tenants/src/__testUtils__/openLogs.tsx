// SPDX-License-Identifier: Apache-2.0
import { FakeTenantsApi } from '../testing/FakeTenantsApi';
import { createScenario, type Scenario } from '../testing/Scenario';
import { renderTenants } from './renderTenants';

/** How much of the lines is in view. */
const VIEW_PX = 400;

/** Gives all elements a height: jsdom has no layout, and the virtual list needs to know how much is in view. */
export function layOutLines(): void {
  Object.defineProperty(HTMLElement.prototype, 'offsetHeight', {
    configurable: true,
    get: () => VIEW_PX,
  });
  Object.defineProperty(HTMLElement.prototype, 'clientHeight', {
    configurable: true,
    get: () => VIEW_PX,
  });
  const tops = new WeakMap<HTMLElement, number>();
  Object.defineProperty(HTMLElement.prototype, 'scrollTop', {
    configurable: true,
    get(this: HTMLElement) {
      return tops.get(this) ?? 0;
    },
    set(this: HTMLElement, wanted: number) {
      const top = Math.max(0, Math.min(wanted, this.scrollHeight - VIEW_PX));
      if (top === tops.get(this)) return;
      tops.set(this, top);
      this.dispatchEvent(new Event('scroll'));
    },
  });
  Object.defineProperty(HTMLElement.prototype, 'scrollHeight', {
    configurable: true,
    get(this: HTMLElement) {
      const inner = this.firstElementChild;
      return inner instanceof HTMLElement
        ? Number.parseInt(inner.style.height, 10) || VIEW_PX
        : VIEW_PX;
    },
  });
}

/** Opens the logs of a tenant. */
export function openLogs(query = '', change: Partial<Scenario> = {}) {
  const api = new FakeTenantsApi({ ...createScenario('many'), ...change });
  renderTenants(`/tenants/t/analytics-core/logs${query}`, api);
  return api;
}
