// SPDX-License-Identifier: Apache-2.0
import { eventFixture } from '@tenantry/backstage-plugin-tenants-common/testing';
import { selectRecentEvents } from './selectRecentEvents';

const created = eventFixture({ type: 'Normal', reason: 'Created' });
const scaled = eventFixture({ type: 'Normal', reason: 'ScalingReplicaSet' });
const killed = eventFixture({ type: 'Warning', reason: 'OOMKilling' });

describe('selectRecentEvents', () => {
  it('puts warnings first and leaves out routine', () => {
    expect(selectRecentEvents([created, scaled, killed])).toEqual([
      killed,
      scaled,
    ]);
  });

  it('keeps routine when there is nothing else', () => {
    expect(selectRecentEvents([created])).toEqual([created]);
  });

  it('keeps a warning whatever its reason', () => {
    const warning = eventFixture({ type: 'Warning', reason: 'Created' });
    expect(selectRecentEvents([warning, created])).toEqual([warning]);
  });

  it('keeps the newest five in the order given', () => {
    const events = Array.from({ length: 7 }, (_, n) =>
      eventFixture({ reason: 'BackOff', message: `time ${n}` }),
    );
    expect(selectRecentEvents(events)).toEqual(events.slice(0, 5));
  });
});
