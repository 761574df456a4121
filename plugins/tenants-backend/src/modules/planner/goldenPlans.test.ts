// SPDX-License-Identifier: Apache-2.0
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { REFUSAL_RULES } from '@tenantry/backstage-plugin-tenants-common';
import { parse } from 'yaml';
import { goldenPlanNames, playGoldenPlan } from './testing/goldenPlan';

const FIXTURES = join(__dirname, '..', '__fixtures__');

/** Rules that the expected outcomes of all cases show, those of rendering too. */
function shownRules(): Set<string> {
  const outcomes = readdirSync(FIXTURES).flatMap(name =>
    readdirSync(join(FIXTURES, name))
      .filter(file => file === 'plan.yaml' || file === 'manifests.yaml')
      .map(file => parse(readFileSync(join(FIXTURES, name, file), 'utf8'))),
  );
  return new Set(
    outcomes.flatMap(({ refusals = [] }) =>
      refusals.map(({ rule }: { rule: string }) => rule),
    ),
  );
}

describe('plans', () => {
  it.each(goldenPlanNames())('%s', async name => {
    const { outcome, expected, update } = await playGoldenPlan(name);
    const isUpdate = process.env.UPDATE_GOLDEN === '1';
    if (isUpdate) update();
    expect(isUpdate ? outcome : expected).toEqual(outcome);
  });

  it('shows every rule by which something can be refused', () => {
    expect([...shownRules()].sort()).toEqual([...REFUSAL_RULES].sort());
  });

  it.each(goldenPlanNames())('%s names a way out of each refusal', name => {
    const { refusals } = parse(
      readFileSync(join(FIXTURES, name, 'plan.yaml'), 'utf8'),
    );
    for (const { fixes, chain } of refusals) {
      expect(fixes.length).toBeGreaterThan(0);
      expect(chain.length).toBeGreaterThan(0);
    }
  });

  it('has at least 40 cases with those of rendering', () => {
    expect(readdirSync(FIXTURES).length).toBeGreaterThanOrEqual(40);
  });
});
