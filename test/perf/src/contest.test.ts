// SPDX-License-Identifier: Apache-2.0
import { runContest } from './contest';
import { medianRatio } from './ratio';

describe('runContest', () => {
  it('lets each side go first in every other round', async () => {
    const order: string[] = [];
    const side = (name: string, figure: number) => async () => {
      order.push(name);
      return figure;
    };
    const rounds = await runContest({
      ours: side('A', 1),
      peer: side('B', 2),
      rounds: 4,
    });
    expect(order.join('')).toBe('ABBAABBA');
    expect(rounds).toEqual(Array(4).fill({ ours: 1, peer: 2 }));
  });

  it('refuses a number of rounds that favours one side', async () => {
    const side = async () => 1;
    await expect(
      runContest({ ours: side, peer: side, rounds: 3 }),
    ).rejects.toThrow('even number of rounds, not 3');
  });
});

describe('medianRatio', () => {
  it('is above 1 when we are better, whichever way the unit counts', () => {
    const rounds = [
      { ours: 10, peer: 5 },
      { ours: 30, peer: 5 },
      { ours: 20, peer: 5 },
    ];
    expect(medianRatio(rounds, true)).toBe(4);
    expect(medianRatio(rounds, false)).toBe(0.25);
  });

  it('is the mean of the two middle rounds of an even number', () => {
    expect(
      medianRatio(
        [
          { ours: 2, peer: 1 },
          { ours: 4, peer: 1 },
        ],
        true,
      ),
    ).toBe(3);
  });
});
