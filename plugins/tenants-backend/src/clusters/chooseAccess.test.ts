// SPDX-License-Identifier: Apache-2.0
import {
  createKubernetesAccessRegistry,
  type KubernetesAccess,
} from '@tenantry/backstage-plugin-tenants-node';
import { FakeClock } from '../time/testing/FakeClock';
import {
  chooseAccess,
  inProcessGraceMs,
  type AccessMode,
} from './chooseAccess';

function access(proxied?: boolean): KubernetesAccess {
  return {
    proxied,
    clusterSupplier: { getClusters: async () => [] },
    getCredential: async () => ({ type: 'anonymous' }),
  };
}

const proxy = access(true);
const handedOver = access();

function start(mode: AccessMode) {
  const clock = new FakeClock();
  const registry = createKubernetesAccessRegistry();
  const stopping = new AbortController();
  const choose = chooseAccess({ mode, registry, proxy, clock });
  const chosen: KubernetesAccess[] = [];
  const ask = async () => {
    chosen.push(await choose(stopping.signal));
  };
  return { clock, registry, stopping, ask, chosen };
}

async function settle(): Promise<void> {
  await new Promise(resolve => setImmediate(resolve));
}

it('takes what was handed over in this process, without waiting', async () => {
  const { clock, registry, ask, chosen } = start('auto');
  registry.provide(handedOver);
  await ask();
  expect(chosen).toEqual([handedOver]);
  expect(clock.waiting).toBe(0);
});

it('takes the proxy when nothing was handed over in time, and the hand-over once it comes', async () => {
  const { clock, registry, ask, chosen } = start('auto');
  const asking = ask();
  clock.advance(inProcessGraceMs - 1);
  await settle();
  expect(chosen).toEqual([]);
  clock.advance(1);
  await asking;
  await ask();
  expect(chosen).toEqual([proxy, proxy]);
  registry.provide(handedOver);
  await ask();
  expect(chosen.at(-1)).toBe(handedOver);
});

it('never takes the proxy where the configuration says inProcess', async () => {
  const { clock, registry, ask, chosen } = start('inProcess');
  const asking = ask();
  clock.advance(10 * inProcessGraceMs);
  await settle();
  expect(chosen).toEqual([]);
  registry.provide(handedOver);
  await asking;
  expect(chosen).toEqual([handedOver]);
});

it('takes the proxy at once where the configuration says so', async () => {
  const { registry, ask, chosen } = start('proxy');
  registry.provide(handedOver);
  await ask();
  expect(chosen).toEqual([proxy]);
});

it('leaves no timer behind when it is told to stop', async () => {
  const { clock, stopping, ask } = start('auto');
  const asking = ask();
  stopping.abort();
  await asking;
  expect(clock.waiting).toBe(0);
});
