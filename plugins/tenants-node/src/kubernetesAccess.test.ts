// SPDX-License-Identifier: Apache-2.0
import {
  createKubernetesAccessRegistry,
  type KubernetesAccess,
} from './kubernetesAccess';

function access(): KubernetesAccess {
  return {
    clusterSupplier: { getClusters: async () => [] },
    getCredential: async () => ({ type: 'anonymous' }),
  };
}

it('has nothing until something is provided', () => {
  expect(createKubernetesAccessRegistry().get()).toBeUndefined();
});

it('resolves waiters that asked before and after', async () => {
  const registry = createKubernetesAccessRegistry();
  const before = registry.whenProvided();
  const given = access();
  registry.provide(given);
  expect(await before).toBe(given);
  expect(await registry.whenProvided()).toBe(given);
});

it('keeps what was provided last', () => {
  const registry = createKubernetesAccessRegistry();
  registry.provide(access());
  const last = access();
  registry.provide(last);
  expect(registry.get()).toBe(last);
});
