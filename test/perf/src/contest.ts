// SPDX-License-Identifier: Apache-2.0

/** One of the two that are compared. A run starts from nothing and returns one figure in the benchmark's unit. */
export type Contestant = () => Promise<number>;

/** The two figures of one round, measured next to each other. */
export type Round = { readonly ours: number; readonly peer: number };

export type Contest = {
  readonly ours: Contestant;
  readonly peer: Contestant;
  /** Rounds of two figures each; an even number, so that each side goes first equally often. */
  readonly rounds: number;
};

/**
 * Runs both sides in the order A-B-B-A, so that drift of the machine (heat, other load) hits both alike.
 *
 * @throws RangeError when `rounds` is not an even positive number
 */
export async function runContest({
  ours,
  peer,
  rounds,
}: Contest): Promise<Round[]> {
  if (rounds < 2 || rounds % 2 !== 0) {
    throw new RangeError(
      `A contest needs an even number of rounds, not ${rounds}.`,
    );
  }
  const results: Round[] = [];
  for (let round = 0; round < rounds; round++) {
    results.push(
      round % 2 === 0
        ? await oursFirst(ours, peer)
        : await peerFirst(ours, peer),
    );
  }
  return results;
}

async function oursFirst(ours: Contestant, peer: Contestant): Promise<Round> {
  const first = await ours();
  return { ours: first, peer: await peer() };
}

async function peerFirst(ours: Contestant, peer: Contestant): Promise<Round> {
  const first = await peer();
  return { ours: await ours(), peer: first };
}
