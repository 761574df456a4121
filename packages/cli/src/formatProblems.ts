// SPDX-License-Identifier: Apache-2.0
import type { DefinitionProblem } from '@tenantry/backstage-plugin-tenants-common';
import type { ValidatedPath } from './validate';

/** `github` writes what GitHub shows beside the lines of a pull request. */
export const REPORT_FORMATS = ['text', 'json', 'github'] as const;

/** How problems are written. */
export type ReportFormat = (typeof REPORT_FORMATS)[number];

/** Writes the result of a check. */
export function formatProblems(
  results: readonly ValidatedPath[],
  format: ReportFormat,
): string {
  switch (format) {
    case 'text':
      return results.map(toText).join('');
    case 'json':
      return `${JSON.stringify(results.map(toJson), undefined, 2)}\n`;
    case 'github':
      return results.flatMap(({ problems }) => problems.map(toGithub)).join('');
    default:
      return format satisfies never;
  }
}

function toText({ path, problems, catalogue }: ValidatedPath): string {
  if (catalogue) {
    const { modules, tiers, categories } = catalogue;
    return `${path}: ${modules.size} modules, ${tiers.size} tiers, ${categories.size} categories, no problems.\n`;
  }
  const lines = problems.map(
    problem =>
      `${placeOf(problem)} ${problem.rule}\n  ${problem.message}\n  ${
        problem.remedy
      }\n`,
  );
  return `${lines.join('')}${path}: ${problems.length} problem${
    problems.length === 1 ? '' : 's'
  }.\n`;
}

function toJson({ path, problems, catalogue }: ValidatedPath) {
  return {
    path,
    ok: problems.length === 0,
    version: catalogue?.version,
    problems,
  };
}

function toGithub({
  file,
  line = 1,
  column = 1,
  rule,
  message,
  remedy,
}: DefinitionProblem): string {
  const place = `file=${property(file)},line=${line},col=${column}`;
  const text = escape(`${message} ${remedy}`);
  return `::error ${place},title=${property(rule)}::${text}\n`;
}

/** As GitHub reads workflow commands: otherwise a file could end one and begin another. */
function escape(text: string): string {
  return text.replace(/%/g, '%25').replace(/\r/g, '%0D').replace(/\n/g, '%0A');
}

function property(text: string): string {
  return escape(text).replace(/:/g, '%3A').replace(/,/g, '%2C');
}

function placeOf({ file, line, column }: DefinitionProblem): string {
  return [file, line, column].filter(part => part !== undefined).join(':');
}
