// SPDX-License-Identifier: Apache-2.0
import { readFileSync } from 'node:fs';
import { formatResults, pageFile, readResults, withResults } from './report';
import type { StoredResult } from './result';
import { judge } from './verdict';

const result: StoredResult = {
  id: 'B1',
  title: 'Reads',
  peer: 'other',
  peerVersion: '1.0.0',
  unit: 'reads',
  higherIsBetter: true,
  rounds: [{ ours: 60, peer: 1 }],
  counts: { apiRequestsPerRead: 0 },
  figures: { 'p99 ms': 1.23456 },
  note: 'Small.',
  size: 'quick',
  ratio: { median: 60, low: 55.123, high: 61 },
  seriesRatios: {},
  machine: { cores: 2, node: 'v24.0.0', loadBefore: 1, loadAfter: 2 },
  seconds: 5,
  commit: 'abc',
};

describe('judge', () => {
  it('holds a result to each of its goals', () => {
    expect(judge(result)).toEqual([
      { what: 'ratio', goal: 50, measured: 60, met: true },
      { what: 'apiRequestsPerRead', goal: 0, measured: 0, met: true },
    ]);
  });

  it('does not take a goal for met that is missed or was not measured', () => {
    const slow = { ...result, ratio: { median: 49, low: 1, high: 60 } };
    expect(judge({ ...slow, counts: {} })).toEqual([
      { what: 'ratio', goal: 50, measured: 49, met: false },
      { what: 'apiRequestsPerRead', goal: 0, measured: undefined, met: false },
    ]);
  });
});

describe('the page', () => {
  it('says of each result how many times better it is and which goals it meets', () => {
    const text = formatResults([result]);
    expect(text).toContain('60× (55.1 to 61)');
    expect(text).toContain('≥ 50×: met; apiRequestsPerRead ≤ 0: met (0)');
    expect(text).toContain('| p99 ms');
    expect(formatResults([{ ...result, counts: {} }])).toContain(
      'apiRequestsPerRead ≤ 0: **not measured**',
    );
  });

  it('keeps what stands around the results', () => {
    const page = readFileSync(pageFile, 'utf8');
    const updated = withResults(page, [result]);
    expect(updated).toContain('# Performance');
    expect(withResults(updated, readResults())).toBe(
      withResults(page, readResults()),
    );
  });

  it('shows the numbers of the results that are kept', () => {
    const page = readFileSync(pageFile, 'utf8');
    expect(withResults(page, readResults())).toBe(page);
  });

  it('refuses a page without a place for results', () => {
    expect(() => withResults('nothing', [result])).toThrow('has no lines');
  });
});
