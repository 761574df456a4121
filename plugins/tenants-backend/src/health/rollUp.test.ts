// SPDX-License-Identifier: Apache-2.0
import {
  HEALTH_CODES,
  rollUpSchema,
  type Health,
} from '@tenantry/backstage-plugin-tenants-common';
import fc from 'fast-check';
import { rollUp } from './rollUp';

const health = fc.record<Health>(
  {
    code: fc.constantFrom(...HEALTH_CODES),
    reason: fc.constantFrom('CrashLoopBackOff', 'OOMKilled', 'Running'),
    message: fc.constantFrom('a', 'b', 'c'),
    since: fc.constantFrom(
      '2026-01-01T00:00:00Z',
      '2026-01-02T00:00:00Z',
      '2026-01-03T00:00:00Z',
    ),
  },
  { requiredKeys: ['code', 'reason', 'message'] },
);
const parts = fc.array(health, { minLength: 1, maxLength: 12 });

describe('rollUp', () => {
  it('does not depend on the order of the parts', () => {
    const twoOrders = parts.chain(list =>
      fc.tuple(
        fc.constant(list),
        fc.shuffledSubarray(list, { minLength: list.length }),
      ),
    );
    fc.assert(
      fc.property(twoOrders, ([one, other]) => {
        expect(rollUp(other)).toEqual(rollUp(one));
      }),
    );
  });

  it('never hides a worse part behind a better one', () => {
    fc.assert(
      fc.property(parts, list => {
        const worst = Math.min(
          ...list.map(part => HEALTH_CODES.indexOf(part.code)),
        );
        expect(rollUp(list).code).toBe(HEALTH_CODES[worst]);
      }),
    );
  });

  it('never lets Unknown hide a Degraded', () => {
    fc.assert(
      fc.property(parts, list => {
        const broken: Health = {
          code: 'Degraded',
          reason: 'OOMKilled',
          message: 'broken',
        };
        const unknown: Health = {
          code: 'Unknown',
          reason: 'Unreachable',
          message: 'no answer',
        };
        expect(rollUp([unknown, ...list, broken])).toMatchObject({
          code: 'Degraded',
          counts: { Unknown: expect.any(Number) },
        });
      }),
    );
  });

  it('counts every part exactly once', () => {
    fc.assert(
      fc.property(parts, list => {
        const counted = Object.values(rollUp(list).counts).reduce(
          (sum, n) => sum + n,
          0,
        );
        expect(counted).toBe(list.length);
      }),
    );
  });

  it('takes its words from one of its parts unless all is well', () => {
    fc.assert(
      fc.property(parts, list => {
        const { code, reason, message } = rollUp(list);
        const own = list.filter(part => part.code === code);
        const words =
          code === 'Healthy' ? [{ reason: 'Healthy', message: '' }] : own;
        expect(words).toContainEqual(
          expect.objectContaining({ reason, message }),
        );
      }),
    );
  });

  it('always fits the wire contract', () => {
    fc.assert(
      fc.property(parts, list => {
        expect(rollUpSchema.strict().safeParse(rollUp(list)).success).toBe(
          true,
        );
      }),
    );
  });

  it('is Suspended only when everything is', () => {
    const asleep: Health = {
      code: 'Suspended',
      reason: 'ScaledToZero',
      message: 'Scaled to zero.',
    };
    const well: Health = { code: 'Healthy', reason: 'Available', message: '' };
    expect(rollUp([asleep, asleep])).toMatchObject({
      code: 'Suspended',
      message: 'Scaled to zero.',
      counts: { Suspended: 2 },
    });
    expect(rollUp([asleep, well])).toMatchObject({
      code: 'Healthy',
      message: '',
      counts: { Suspended: 1, Healthy: 1 },
    });
  });

  it('began when the first of the worst parts began', () => {
    const broken = (since: string): Health => ({
      code: 'Degraded',
      reason: 'OOMKilled',
      message: since,
      since,
    });
    expect(
      rollUp([broken('2026-01-02T00:00:00Z'), broken('2026-01-01T00:00:00Z')]),
    ).toMatchObject({
      since: '2026-01-01T00:00:00Z',
      message: '2026-01-01T00:00:00Z',
    });
  });

  it('is well since the last part became well, and does not say when one part does not', () => {
    const well = (since?: string): Health => ({
      code: 'Healthy',
      reason: 'Available',
      message: '',
      since,
    });
    expect(
      rollUp([well('2026-01-02T00:00:00Z'), well('2026-01-01T00:00:00Z')])
        .since,
    ).toBe('2026-01-02T00:00:00Z');
    expect(
      rollUp([well('2026-01-02T00:00:00Z'), well()]).since,
    ).toBeUndefined();
  });

  it('is Healthy and Empty without parts', () => {
    expect(rollUp([])).toEqual({
      code: 'Healthy',
      reason: 'Empty',
      message: '',
      counts: {},
    });
  });
});
