// SPDX-License-Identifier: Apache-2.0
import { ConfigReader } from '@backstage/config';
import { readLogsConfig } from './logsConfig';

const read = (bytesPerSecond?: unknown) =>
  readLogsConfig(
    new ConfigReader(
      bytesPerSecond === undefined
        ? {}
        : { tenants: { logs: { bytesPerSecond: Number(bytesPerSecond) } } },
    ),
  ).logBytesPerSecond;

describe('readLogsConfig', () => {
  it('takes 1 MiB a second when nothing is said, and what is said', () => {
    expect(read()).toBe(1024 ** 2);
    expect(read(65_536)).toBe(65_536);
  });

  it.each([1, 1.5e5 + 0.5, 2 ** 40])('refuses %s and names the key', value => {
    expect(() => read(value)).toThrow(/tenants\.logs\.bytesPerSecond must be/);
  });
});
