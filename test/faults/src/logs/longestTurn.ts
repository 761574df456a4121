// SPDX-License-Identifier: Apache-2.0

/**
 * The most CPU time, in milliseconds, that this process used between two turns of its loop while something ran. Not the time on the
 * wall: other processes of the machine must not count.
 */
export async function longestTurn(run: () => Promise<void>): Promise<number> {
  let longest = 0;
  let isOver = false;
  let before = process.cpuUsage();
  const look = () => {
    const { user, system } = process.cpuUsage(before);
    before = process.cpuUsage();
    longest = Math.max(longest, (user + system) / 1_000);
    if (!isOver) setImmediate(look);
  };
  setImmediate(look);
  try {
    await run();
  } finally {
    isOver = true;
  }
  return Math.round(longest);
}
