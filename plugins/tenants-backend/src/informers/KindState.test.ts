// SPDX-License-Identifier: Apache-2.0
import { KubeError } from '@tenantry/backstage-plugin-tenants-node';
import { FakeClock } from '../time/testing/FakeClock';
import { KindState } from './KindState';

const error = (status?: number) =>
  new KubeError('failed', {
    cluster: 'eu',
    resource: 'pods',
    reason: 'X',
    status,
  });

let clock: FakeClock;
let told: string[];
let state: KindState;
beforeEach(() => {
  clock = new FakeClock();
  told = [];
  state = new KindState({ clock, onChange: () => told.push(state.value) });
  state.start();
});

it('is refreshing at first and stale after ten seconds without a connection', () => {
  expect(state.value).toBe('refreshing');
  clock.advance(9_999);
  expect(state.value).toBe('refreshing');
  clock.advance(1);
  expect(told).toEqual(['stale']);
});

it('tells the first failure though the state stays, and not the same again', () => {
  state.disconnected(error());
  state.disconnected(error());
  expect(told).toEqual(['refreshing']);
  expect(state.lastError).toBeDefined();
});

it('stays synced, however silent, while connected', () => {
  state.connected();
  clock.advance(600_000);
  expect(told).toEqual(['synced']);
});

it('does not flicker when a watch that ended as agreed is resumed in time', () => {
  state.connected();
  state.disconnected();
  clock.advance(900);
  state.connected();
  clock.advance(60_000);
  expect(told).toEqual(['synced']);
});

it('is refreshing when the resumption takes longer, then stale, counted from the loss', () => {
  state.connected();
  state.disconnected();
  clock.advance(1_000);
  expect(state.value).toBe('refreshing');
  clock.advance(5_000);
  state.disconnected(error());
  clock.advance(4_000);
  // Told twice as refreshing: when it was lost, and when the reason was known.
  expect(told).toEqual(['synced', 'refreshing', 'refreshing', 'stale']);
});

it('is refreshing at once after an error, and forgets it when connected', () => {
  state.connected();
  state.disconnected(error(500));
  expect(state.value).toBe('refreshing');
  expect(state.lastError).toMatchObject({ status: 500 });
  state.connected();
  expect(state.lastError).toBeUndefined();
  expect(clock.waiting).toBe(0);
});

it.each([
  [403, 'forbidden'],
  [404, 'notServed'],
])('after %i is %s until it is connected', (status, word) => {
  state.connected();
  state.disconnected(error(status));
  clock.advance(60_000);
  expect(state.value).toBe(word);
  state.connected();
  expect(state.value).toBe('synced');
});
