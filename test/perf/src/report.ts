// SPDX-License-Identifier: Apache-2.0
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { resultsFolder, type Ratio, type StoredResult } from './result';
import { judge, type Verdict } from './verdict';

export const pageFile = join(__dirname, '../../../docs/performance.md');
const BEGIN = '<!-- results: written by ./dev bench, do not edit -->';
const END = '<!-- end of results -->';

/** All results that are kept, by id. */
export function readResults(): readonly StoredResult[] {
  return readdirSync(resultsFolder)
    .filter(name => /^B\d+\.json$/.test(name))
    .sort((a, b) => parseInt(a.slice(1), 10) - parseInt(b.slice(1), 10))
    .map(name => JSON.parse(readFileSync(join(resultsFolder, name), 'utf8')));
}

function short(value: number): string {
  if (!Number.isFinite(value)) return '–';
  if (Number.isInteger(value)) return String(value);
  return String(Number(value.toPrecision(3)));
}

function times({ median, low, high }: Ratio): string {
  return `${short(median)}× (${short(low)} to ${short(high)})`;
}

function goalText({ what, goal, measured, met }: Verdict): string {
  const bound = what === 'ratio' ? `≥ ${goal}×` : `${what} ≤ ${goal}`;
  if (measured === undefined) return `${bound}: **not measured**`;
  const value = what === 'ratio' ? '' : ` (${short(measured)})`;
  return `${bound}: ${met ? 'met' : '**missed**'}${value}`;
}

function table(
  head: readonly string[],
  rows: readonly (readonly string[])[],
): string {
  const widths = head.map((name, i) =>
    Math.max(3, name.length, ...rows.map(cells => cells[i].length)),
  );
  const line = (cells: readonly string[]) =>
    `| ${cells.map((cell, i) => cell.padEnd(widths[i])).join(' | ')} |`;
  const rule = `| ${widths.map(width => '-'.repeat(width)).join(' | ')} |`;
  return [line(head), rule, ...rows.map(line)].join('\n');
}

function rowOf(result: StoredResult): readonly string[] {
  return [
    result.id,
    result.title,
    `${result.peer} ${result.peerVersion}`.trim(),
    times(result.ratio),
    judge(result).map(goalText).join('; '),
  ];
}

function details(result: StoredResult): string {
  const { id, title, unit, machine, size, seconds, commit } = result;
  const also = Object.entries(result.seriesRatios).map(
    ([name, ratio]) => [name, times(ratio)] as const,
  );
  const figures = Object.entries({ ...result.counts, ...result.figures }).map(
    ([name, value]) => [name, short(value)] as const,
  );
  const load = `${short(machine.loadBefore)} → ${short(machine.loadAfter)}`;
  return [
    `### ${id} ${title}`,
    `Ratio of ${unit}. ${result.note}`,
    `${size} size, ${result.rounds.length} rounds, ${seconds} s, ${machine.cores} cores with load ${load}, Node ${machine.node}, on top of ${commit}.`,
    table(['also measured', 'value'], [...also, ...figures]),
  ].join('\n\n');
}

/** The part of the page that is made from results. */
export function formatResults(results: readonly StoredResult[]): string {
  const head = ['id', 'what', 'peer', 'times better (95 %)', 'goals'];
  return [table(head, results.map(rowOf)), ...results.map(details)].join(
    '\n\n',
  );
}

/** The page with the present results in it. @throws Error when the page has no place for them */
export function withResults(
  page: string,
  results: readonly StoredResult[],
): string {
  const begin = page.indexOf(BEGIN);
  const end = page.indexOf(END);
  if (begin < 0 || end < begin) {
    throw new Error(`${pageFile} has no lines "${BEGIN}" and "${END}".`);
  }
  const before = page.slice(0, begin + BEGIN.length);
  return `${before}\n\n${formatResults(results)}\n\n${page.slice(end)}`;
}

/** Puts the results that are kept into docs/performance.md. */
export function updatePage(): void {
  const page = readFileSync(pageFile, 'utf8');
  writeFileSync(pageFile, withResults(page, readResults()));
}
