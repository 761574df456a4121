// SPDX-License-Identifier: Apache-2.0
import { formatAmount, formatBytes, formatCores } from './quantity';

const MIB = 1024 ** 2;

it.each([
  [0, '0'],
  [0.0034, '3.4 m'],
  [0.0798, '80 m'],
  [0.1, '0.1'],
  [11.24, '11.2'],
])('writes %d cores under a head that says so as %s', (n, text) => {
  expect(formatCores(n)).toBe(text);
});

it.each([
  [0.04, '40 m'],
  [2, '2 cores'],
])('writes %d cores with their unit as %s', (n, text) => {
  expect(formatAmount(n, 'cores')).toBe(text);
});

it.each([
  [0, '0 MiB'],
  [MIB / 2, '0.5 MiB'],
  [292.1 * MIB, '292 MiB'],
  [1433.6 * MIB, '1.4 GiB'],
])('writes %d bytes in little room as %s', (n, text) => {
  expect(formatBytes(n)).toBe(text);
});
