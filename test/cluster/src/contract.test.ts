// SPDX-License-Identifier: Apache-2.0
import { areas } from './cases';
import { checkCase } from './checkCase';
import { readGolden } from './Golden';
import { KNOWN_DIFFERENCES } from './knownDifferences';
import { startSimulator } from './simulator';

const CASE_MS = 60_000;

describe('the simulator answers as the real server', () => {
  let simulator: Awaited<ReturnType<typeof startSimulator>>;

  beforeAll(async () => {
    simulator = await startSimulator();
  });
  afterAll(() => simulator.stop());

  describe.each(areas.map(({ area, cases }) => ({ area, cases })))(
    '$area',
    ({ area, cases }) => {
      const golden = readGolden(area);

      it.each(cases.map(contract => ({ name: contract.name, contract })))(
        '$name',
        async ({ name, contract }) => {
          const steps = golden?.cases[name];
          const real = golden && steps && { server: golden.server, steps };
          const { differences } = await checkCase(
            simulator.target,
            contract,
            real,
          );
          // A known difference has to be one still.
          const known = Object.hasOwn(KNOWN_DIFFERENCES, name);
          expect(known ? differences.length > 0 : differences).toEqual(
            known ? true : [],
          );
        },
        CASE_MS,
      );
    },
  );

  it('has a known difference for cases only', () => {
    const names = areas.flatMap(({ cases }) => cases.map(({ name }) => name));
    expect(
      Object.keys(KNOWN_DIFFERENCES).filter(name => !names.includes(name)),
    ).toEqual([]);
    expect(new Set(names).size).toBe(names.length);
  });
});
