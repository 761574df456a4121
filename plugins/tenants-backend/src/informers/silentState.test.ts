// SPDX-License-Identifier: Apache-2.0
import { FakeKubeApi } from '@tenantry/backstage-plugin-tenants-node/testing';
import {
  failure,
  pod,
  settle,
  startReflector,
  type ReflectorRig,
} from './testing/startReflector';

let api: FakeKubeApi;
let rig: ReflectorRig;
let answerCalls: (error?: Error) => void;
let sendState: () => void;
let probes: number;

/** A server that accepts a watch and sends nothing, and answers no other call, until told to. */
function silentServer(opens = true): FakeKubeApi {
  const silent = new FakeKubeApi({ watchList: true });
  const watch = silent.watch.bind(silent);
  const sending = new Promise<void>(resolve => {
    sendState = resolve;
  });
  silent.watch = async function* later(type, options) {
    if (opens) options.onOpen?.();
    const aborted = new Promise(resolve => {
      options.signal.addEventListener('abort', resolve, { once: true });
    });
    if (options.sendInitialEvents) await Promise.race([sending, aborted]);
    const onOpen = opens ? undefined : options.onOpen;
    yield* watch(type, { ...options, onOpen });
  };
  silent.version = async () => {
    probes++;
    return await new Promise((resolve, reject) => {
      answerCalls = error => (error ? reject(error) : resolve('v1.32.0'));
    });
  };
  return silent;
}

async function start(opens?: boolean): Promise<void> {
  probes = 0;
  api = silentServer(opens);
  api.write('pods', pod('a'));
  rig = startReflector(api);
  await settle();
}
afterEach(async () => {
  await rig.stop();
});

it('a server that is busy, and so silent to every call, is waited for', async () => {
  await start();
  await rig.clock.advanceAsync(70_000);
  expect(rig.counts()).toEqual({ list: 0, watch: 0 });
  expect(probes).toBe(1);
  answerCalls();
  sendState();
  await settle();
  await rig.clock.advanceAsync(10_000);
  expect(rig.held()).toEqual(['a Running']);
  expect(rig.counts()).toEqual({ list: 0, watch: 1 });
});

it('a server that does not get to its answer before the next question is asked again', async () => {
  await start();
  for (let asked = 1; asked <= 3; asked++) {
    await rig.clock.advanceAsync(5_000);
    expect(probes).toBe(asked);
    answerCalls(failure({ reason: 'Timeout' }));
    await settle();
  }
  expect(rig.counts().list).toBe(0);
});

it.each([
  ['answers', undefined],
  ['refuses', failure({ reason: 'Refused', status: 403 })],
])(
  'a server that %s another call and stays silent is listed in pages',
  async (_, error) => {
    await start();
    await rig.clock.advanceAsync(5_000);
    answerCalls(error);
    await settle();
    expect(rig.counts().list).toBe(0);
    await rig.clock.advanceAsync(1_000);
    await settle();
    expect(rig.held()).toEqual(['a Running']);
    expect(rig.counts().list).toBe(1);
  },
);

it('a server that has not yet accepted the watch is not suspected', async () => {
  await start(false);
  await rig.clock.advanceAsync(20_000);
  expect(probes).toBe(0);
  sendState();
  await settle();
  expect(rig.held()).toEqual(['a Running']);
  expect(rig.counts().list).toBe(0);
});

it('nothing is waited for once it is stopped while a question is open', async () => {
  await start();
  await rig.clock.advanceAsync(5_000);
  await rig.stop();
  answerCalls();
  await settle();
  expect(rig.clock.waiting).toBe(0);
});
