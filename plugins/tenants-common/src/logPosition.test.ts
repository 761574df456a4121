// SPDX-License-Identifier: Apache-2.0
import { logQuerySchema } from './log';
import { formatLogPosition, parseLogPosition } from './logPosition';

const key = 'abcdefghij-_';
const time = '2026-01-01T00:00:00.123456789Z';

describe('the position of a line in a log', () => {
  it('comes back as it was written', () => {
    const position = { key, time, index: 12 };
    expect(parseLogPosition(formatLogPosition(position))).toEqual(position);
  });

  it.each([
    '',
    'x~y~z',
    `${key}~${time}`,
    `${key}~${time}~-1`,
    `../${key}~${time}~1`,
  ])('is not read from %s', text => {
    expect(parseLogPosition(text)).toBeUndefined();
  });

  it('is taken by the query of logs, as cursors and several levels are', () => {
    const cursor = `${key}~${time}~2~1z`;
    expect(
      logQuerySchema.parse({
        around: `${key}~${time}~0`,
        after: `${cursor},${cursor}`,
        levels: 'error,warn',
        tailLines: 'all',
      }),
    ).toMatchObject({
      after: [cursor, cursor],
      levels: ['error', 'warn'],
      tailLines: 'all',
      follow: false,
    });
    for (const wrong of [
      { after: 'x' },
      { levels: 'loud' },
      { tailLines: 0 },
    ]) {
      expect(logQuerySchema.safeParse(wrong).success).toBe(false);
    }
  });
});
