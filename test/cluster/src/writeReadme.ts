// SPDX-License-Identifier: Apache-2.0
import { readFileSync, writeFileSync } from 'node:fs';
import { tableOf, type ContractResults } from './CaseResult';

const BEGIN = '<!-- contract:begin -->';
const END = '<!-- contract:end -->';

/** Puts the results between the markers of a README. @throws Error when it has no markers */
export function writeReadme(file: string, results: ContractResults): void {
  const text = readFileSync(file, 'utf8');
  const [from, to] = [text.indexOf(BEGIN), text.indexOf(END)];
  if (from < 0 || to < from)
    throw new Error(`${file} lacks the lines ${BEGIN} and ${END}: add them.`);
  const table = `${BEGIN}\n\n${tableOf(results)}\n\n`;
  writeFileSync(file, text.slice(0, from) + table + text.slice(to));
}
