// SPDX-License-Identifier: Apache-2.0
import fc from 'fast-check';
import {
  compareHealthByUrgency,
  HEALTH_CODES,
  worstHealthCode,
} from './health';

const codes = fc.constantFrom(...HEALTH_CODES);

describe('worstHealthCode', () => {
  it('does not depend on the order of the parts', () => {
    fc.assert(
      fc.property(fc.array(codes), list => {
        expect(worstHealthCode(list)).toBe(
          worstHealthCode([...list].reverse()),
        );
      }),
    );
  });

  it('never lets Unknown hide a Degraded part', () => {
    expect(worstHealthCode(['Unknown', 'Degraded', 'Healthy'])).toBe(
      'Degraded',
    );
  });

  it('says Suspended only when everything is', () => {
    expect(worstHealthCode(['Suspended', 'Suspended'])).toBe('Suspended');
    expect(worstHealthCode(['Suspended', 'Healthy'])).toBe('Healthy');
  });

  it('takes nothing at all for healthy', () => {
    expect(worstHealthCode([])).toBe('Healthy');
  });
});

it('lists what can be acted on first', () => {
  expect([...HEALTH_CODES].sort(compareHealthByUrgency)).toEqual([
    'Degraded',
    'Missing',
    'Unknown',
    'Progressing',
    'Suspended',
    'Healthy',
  ]);
});
