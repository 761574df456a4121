// SPDX-License-Identifier: Apache-2.0
/**
 * `equal`: as the real server answers. `recording`: as a recorded server answered. `unverified`: as the documentation
 * says, no real server has confirmed it. `different`: not as the real server, with the reason.
 */
export type CaseOutcome = 'equal' | 'recording' | 'unverified' | 'different';

export type CaseResult = {
  readonly area: string;
  readonly name: string;
  readonly since: string;
  readonly outcome: CaseOutcome;
  /** The version it was compared with. */
  readonly server?: string;
  /** Why it is different. */
  readonly reason?: string;
};

export type ContractResults = {
  readonly cases: readonly CaseResult[];
};

const OUTCOMES: readonly CaseOutcome[] = [
  'equal',
  'recording',
  'unverified',
  'different',
];

const TITLES = [
  'area',
  'cases',
  'equal on a real server',
  'equal to a recording',
  'unverified',
  'different',
];

/** The results as a Markdown table, one line per area, with what is unverified or different below. */
export function tableOf({ cases }: ContractResults): string {
  const areas = [...new Set(cases.map(({ area }) => area))];
  const row = (title: string, some: readonly CaseResult[]) => [
    title,
    String(some.length),
    ...OUTCOMES.map(outcome =>
      String(some.filter(one => one.outcome === outcome).length),
    ),
  ];
  const rows = areas.map(area =>
    row(
      area,
      cases.filter(one => one.area === area),
    ),
  );
  return [
    ...aligned([TITLES, ...rows, row('**all**', cases)]),
    ...listed('Unverified (no real server here has them)', cases, 'unverified'),
    ...listed('Different', cases, 'different'),
  ].join('\n');
}

/** Rows as lines of a Markdown table; all columns but the first are numbers. */
function aligned(rows: readonly (readonly string[])[]): string[] {
  const widths = rows[0].map((_, at) =>
    Math.max(...rows.map(cells => cells[at].length)),
  );
  const lines = rows.map(cells =>
    cells.map((cell, at) =>
      at === 0 ? cell.padEnd(widths[at]) : cell.padStart(widths[at]),
    ),
  );
  const rule = widths.map((width, at) =>
    at === 0 ? '-'.repeat(width) : `${'-'.repeat(width - 1)}:`,
  );
  const [head, ...body] = lines;
  return [head, rule, ...body].map(cells => `| ${cells.join(' | ')} |`);
}

function listed(
  title: string,
  cases: readonly CaseResult[],
  outcome: CaseOutcome,
): string[] {
  const some = cases.filter(one => one.outcome === outcome);
  if (some.length === 0) return [];
  const lines = some.map(({ area, name, since, reason }) =>
    reason
      ? `- ${area}: ${name}: ${reason}`
      : `- ${area}: ${name} (since ${since})`,
  );
  return ['', `${title}:`, '', ...lines];
}
