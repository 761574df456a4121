// SPDX-License-Identifier: Apache-2.0
import { toChangeSet } from '@tenantry/backstage-plugin-tenants-common';
import { causeFixture } from '@tenantry/backstage-plugin-tenants-common/testing';
import { operationFixture } from '../../../testing/operationFixture';
import { findChangeBefore } from './changeBefore';

const cause = causeFixture({ since: '2026-11-21T13:50:00.000Z' });

function at(time: string, overrides = {}) {
  return operationFixture({
    id: time,
    startedAt: `2026-11-21T${time}:00.000Z`,
    ...overrides,
  });
}

describe('findChangeBefore', () => {
  it('finds the last change before the cause began, and how long before', () => {
    const operations = [at('14:00'), at('13:46'), at('13:20')];
    expect(findChangeBefore(operations, cause)).toMatchObject({
      operation: { id: '13:46' },
      waitMs: 4 * 60_000,
    });
  });

  it.each([
    ['more than an hour before', at('12:49')],
    ['after it', at('13:51')],
    ['of another environment', at('13:46', { environments: ['dev'] })],
    ['that never started', at('13:46', { startedAt: undefined })],
    ['that changed nothing', at('13:46', { changes: toChangeSet([]) })],
  ])('does not name one %s', (_why, operation) => {
    expect(findChangeBefore([operation], cause)).toBeUndefined();
  });

  it('names one of the whole tenant, and none when nobody knows since when', () => {
    const whole = at('13:46', { environments: [] });
    expect(findChangeBefore([whole], cause)?.operation).toBe(whole);
    const unknown = causeFixture({ since: undefined });
    expect(findChangeBefore([whole], unknown)).toBeUndefined();
  });
});
