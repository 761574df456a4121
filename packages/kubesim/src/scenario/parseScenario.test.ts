// SPDX-License-Identifier: Apache-2.0
import { oneWorkload } from '../controllers/testing/simulate';
import { parseScenario, ScenarioError } from './parseScenario';

function problems(text: string): readonly string[] {
  try {
    parseScenario(text, 'demo.yaml');
    return [];
  } catch (error) {
    return error instanceof ScenarioError ? error.problems : [String(error)];
  }
}

it('reads durations as milliseconds and fills in what is left out', () => {
  const scenario = parseScenario(oneWorkload(), 'demo.yaml');
  expect(scenario.startedAgo).toBe(3_600_000);
  expect(scenario.namespaces[0].workloads[0]).toMatchObject({
    replicas: 1,
    behaviour: { type: 'healthy' },
  });
});

it('names a wrong value with line and column', () => {
  expect(
    problems(
      'clusterName: test\nnamespaces:\n  - name: shop\n    workloads:\n      - { kind: Pod, name: web, release: a, image: b }\n',
    ),
  ).toEqual([
    expect.stringMatching(
      /^demo\.yaml:5:17 namespaces\[0\]\.workloads\[0\]\.kind: /,
    ),
  ]);
});

it('names an unknown field at its key', () => {
  expect(problems('clusterName: test\nnodez: []\n')).toEqual([
    'demo.yaml:2:1 nodez: is not a known field',
  ]);
});

it('names a missing field at its parent', () => {
  expect(problems('clusterName: test\nnamespaces:\n  - labels: {}\n')).toEqual([
    expect.stringMatching(/^demo\.yaml:3:5 namespaces\[0\]\.name: /),
  ]);
});

it('names a duration that is none', () => {
  expect(problems('clusterName: test\nstartedAgo: soon\n')).toEqual([
    'demo.yaml:2:13 startedAgo: "soon" is not a duration such as 40s, 5m or 1h',
  ]);
});

it('refuses a timeline entry for a workload that is not there', () => {
  const entry =
    'timeline:\n  - { every: 40s, do: restart, namespace: shop, workload: wab }\n';
  expect(problems(oneWorkload() + entry)).toEqual([
    expect.stringContaining(
      'timeline[0].workload: there is no workload "wab" in namespace "shop"',
    ),
  ]);
});

it('refuses a timeline entry without a time', () => {
  const entry =
    'timeline:\n  - { do: restart, namespace: shop, workload: web }\n';
  expect(problems(oneWorkload() + entry)).toEqual([
    expect.stringContaining('needs exactly one of "at" and "every"'),
  ]);
});

it('says where YAML itself is broken', () => {
  expect(problems('clusterName: [\n')[0]).toMatch(/^demo\.yaml:\d+:\d+ /);
});

it('keeps __proto__ an ordinary, unknown field', () => {
  expect(
    problems('clusterName: test\n__proto__: { polluted: true }\n').length,
  ).toBeGreaterThan(0);
  expect(({} as Record<string, unknown>).polluted).toBeUndefined();
});
