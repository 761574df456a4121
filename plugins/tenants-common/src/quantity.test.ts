// SPDX-License-Identifier: Apache-2.0
import fc from 'fast-check';
import { parseQuantity, resourceUnit } from './quantity';

describe('parseQuantity', () => {
  it.each([
    ['0', 0],
    ['2', 2],
    ['100m', 0.1],
    ['1500m', 1.5],
    ['250u', 0.00025],
    ['7n', 7e-9],
    ['1k', 1000],
    ['1Ki', 1024],
    ['1.5Gi', 1610612736],
    ['20G', 20e9],
    ['1E', 1e18],
    ['1Ei', 2 ** 60],
    ['1e3', 1000],
    ['1E3', 1000],
    ['12e-1', 1.2],
    ['+5', 5],
    ['-1Mi', -1048576],
    ['.5', 0.5],
    ['5.', 5],
  ])('reads %s as %d', (text, value) => {
    expect(parseQuantity(text)).toBe(value);
  });

  it.each([
    '',
    ' 1',
    '1 Gi',
    '1gi',
    '1K',
    '1e',
    '1ee3',
    'Gi',
    '0x10',
    '1,5',
    'NaN',
    'Infinity',
    '1e999',
    '--1',
    '1mi',
  ])('does not take %j for a quantity', text => {
    expect(parseQuantity(text)).toBeUndefined();
  });

  it('answers at once for a text of any length', () => {
    expect(parseQuantity('1'.repeat(1_000_000))).toBeUndefined();
  });

  it('reads any whole number with any suffix as that number times its factor', () => {
    const factors = {
      '': 1,
      k: 1e3,
      M: 1e6,
      G: 1e9,
      Ki: 2 ** 10,
      Mi: 2 ** 20,
      Gi: 2 ** 30,
    };
    fc.assert(
      fc.property(
        fc.integer({ min: -100_000, max: 100_000 }),
        fc.constantFrom(...Object.entries(factors)),
        (number, [suffix, factor]) => {
          // `+ 0` because minus zero is no other amount than zero.
          expect((parseQuantity(`${number}${suffix}`) ?? NaN) + 0).toBe(
            number * factor + 0,
          );
        },
      ),
    );
  });

  it('reads a number of thousandths as the number itself divided by a thousand', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 10_000_000 }), milli => {
        expect(parseQuantity(`${milli}m`)).toBe(milli / 1000);
      }),
    );
  });

  it('reads equal amounts written in different ways as equal', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 1_000_000 }), number => {
        const amounts = [
          `${number}k`,
          `${number}e3`,
          `${number}E3`,
          `${number}000`,
          `${number}000000m`,
        ];
        expect(new Set(amounts.map(parseQuantity)).size).toBe(1);
      }),
    );
  });

  it('answers a finite number or nothing for any text', () => {
    fc.assert(
      fc.property(fc.string(), text => {
        const value = parseQuantity(text);
        expect(value === undefined || Number.isFinite(value)).toBe(true);
      }),
    );
  });
});

describe('resourceUnit', () => {
  it.each([
    ['cpu', 'cores'],
    ['requests.cpu', 'cores'],
    ['limits.cpu', 'cores'],
    ['memory', 'bytes'],
    ['limits.memory', 'bytes'],
    ['requests.ephemeral-storage', 'bytes'],
    ['requests.storage', 'bytes'],
    ['gold.storageclass.storage.k8s.io/requests.storage', 'bytes'],
    ['gold.storageclass.storage.k8s.io/persistentvolumeclaims', 'count'],
    ['requests.hugepages-2Mi', 'bytes'],
    ['pods', 'count'],
    ['count/deployments.apps', 'count'],
    ['requests.nvidia.com/gpu', 'count'],
  ] as const)('counts %s in %s', (resource, unit) => {
    expect(resourceUnit(resource)).toBe(unit);
  });
});
