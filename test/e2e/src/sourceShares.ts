// SPDX-License-Identifier: Apache-2.0
const DIGITS =
  'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/';
const VALUE_BITS = 5;
const MORE = 32;

/** A source map as a bundler writes it: version 3. */
export type SourceMap = {
  readonly sources: readonly string[];
  readonly mappings: string;
};

/** The numbers of one segment of a source map: base 64, least part first, the sign in the lowest bit. */
function decodeSegment(segment: string): number[] {
  const numbers: number[] = [];
  let value = 0;
  let shift = 0;
  for (const char of segment) {
    const digit = DIGITS.indexOf(char);
    value += (digit % MORE) * 2 ** shift;
    shift += VALUE_BITS;
    if (digit >= MORE) continue;
    numbers.push(value % 2 === 1 ? -Math.floor(value / 2) : value / 2);
    value = 0;
    shift = 0;
  }
  return numbers;
}

/** How many characters of a built file come from each source. What the bundler adds itself is nobody's. */
export function sourceShares(
  built: string,
  { sources, mappings }: SourceMap,
): ReadonlyMap<string, number> {
  const shares = new Map<string, number>();
  const lines = built.split('\n');
  let source = 0;
  mappings.split(';').forEach((line, row) => {
    let column = 0;
    let owner: string | undefined;
    const give = (end: number) => {
      if (owner === undefined) return;
      shares.set(owner, (shares.get(owner) ?? 0) + end - column);
    };
    for (const segment of line.split(',')) {
      const [step = 0, sourceStep] = decodeSegment(segment);
      give(column + step);
      column += step;
      if (sourceStep !== undefined) source += sourceStep;
      owner = sourceStep === undefined ? undefined : sources[source];
    }
    give(lines[row]?.length ?? column);
  });
  return shares;
}
