// SPDX-License-Identifier: Apache-2.0
import { renderEnvironment } from './renderEnvironment';
import {
  goldenCaseNames,
  outcomeOf,
  readGoldenCase,
} from './testing/goldenCase';

/** `UPDATE_GOLDEN=1` writes what comes out; the change is then reviewed as any other. */
const isUpdate = process.env.UPDATE_GOLDEN === '1';

describe('a wanted environment becomes the objects written down for it', () => {
  it.each(goldenCaseNames())('%s', name => {
    const golden = readGoldenCase(name);
    const outcome = outcomeOf(renderEnvironment(golden.input), golden.show);
    if (isUpdate) golden.update(outcome);
    expect(outcome).toEqual(golden.expected());
  });

  it('and to the same objects every time', () => {
    for (const name of goldenCaseNames()) {
      const { input } = readGoldenCase(name);
      expect(renderEnvironment(input)).toEqual(renderEnvironment(input));
    }
  });

  it('of which there are enough', () => {
    expect(goldenCaseNames().length).toBeGreaterThanOrEqual(15);
  });
});
