// SPDX-License-Identifier: Apache-2.0
import {
  parseQuantity,
  type Tier,
} from '@tenantry/backstage-plugin-tenants-common';
import fc from 'fast-check';
import { containerLimits } from './limitRange';
import { BRONZE } from './testing/renderInput';

const tier = (limits: Tier['limits']): Tier => ({ ...BRONZE, limits });

describe('limits of a container', () => {
  it('have defaults for processor and memory where the tier says none', () => {
    expect(containerLimits(BRONZE)).toEqual({
      default: { cpu: '500m', memory: '256Mi' },
      defaultRequest: { cpu: '50m', memory: '64Mi' },
    });
  });

  it('keep what the tier says and fill what it leaves out', () => {
    expect(
      containerLimits(tier({ default: { memory: '1Gi' }, max: { cpu: '2' } })),
    ).toEqual({
      default: { cpu: '500m', memory: '1Gi' },
      defaultRequest: { cpu: '50m', memory: '64Mi' },
      max: { cpu: '2' },
    });
  });

  it('have defaults for local storage where the quota counts it', () => {
    const limits = containerLimits({
      ...BRONZE,
      quota: { 'requests.ephemeral-storage': '10Gi' },
    });
    expect(limits.default['ephemeral-storage']).toBe('1Gi');
  });

  it('have defaults within the tier’s bounds, whatever they are', () => {
    const amount = fc.integer({ min: 1, max: 4_000 });
    fc.assert(
      fc.property(amount, amount, amount, (a, b, request) => {
        const [min, max] = [Math.min(a, b), Math.max(a, b)];
        const bounds = { min: { cpu: `${min}m` }, max: { cpu: `${max}m` } };
        const said = Math.min(Math.max(request, min), max);
        for (const defaultRequest of [undefined, { cpu: `${said}m` }]) {
          const limits = containerLimits(tier({ ...bounds, defaultRequest }));
          const [least, wanted, most, top] = [
            bounds.min.cpu,
            limits.defaultRequest.cpu,
            limits.default.cpu,
            bounds.max.cpu,
          ].map(text => parseQuantity(text) ?? NaN);
          expect(least).toBeLessThanOrEqual(wanted);
          expect(wanted).toBeLessThanOrEqual(most);
          expect(most).toBeLessThanOrEqual(top);
        }
      }),
    );
  });
});
