// SPDX-License-Identifier: Apache-2.0
import type { PlanNote } from '@tenantry/backstage-plugin-tenants-common';
import type { KubeManifest } from '@tenantry/backstage-plugin-tenants-node';
import type {
  ChartRef,
  JsonObject,
} from '@tenantry/backstage-plugin-tenants-node/definitions';
import type { PlannedModule } from '../../PlannedModule';
import { manifestProblem, type ObjectProblem } from '../ObjectProblem';
import type { ChartSettings, RenderInput } from '../RenderInput';
import { substitute } from '../substitute';
import { substitutionScope } from '../SubstitutionScope';
import { argoApplication } from './argoApplication';
import { fluxRelease } from './fluxRelease';

/** What a chart becomes. */
export type RenderedChart = {
  readonly manifests: readonly KubeManifest[];
  readonly problems: readonly ObjectProblem[];
  readonly notes: readonly PlanNote[];
};

type Chart = { readonly chart: ChartRef; readonly values: JsonObject };

const CHART_NAME = /^[a-z0-9]([-a-z0-9._]*[a-z0-9])?$/i;
const REPOSITORY = /^(https|oci):\/\/[^\s/@]+(\/[^\s]*)?$/;
const VERSION = /^[A-Za-z0-9][A-Za-z0-9.+*^~<>=| -]{0,99}$/;

/** Has a GitOps controller install a module's chart. We render no Helm: what the chart makes is seen when it runs. */
export function renderChart(
  input: RenderInput,
  module: PlannedModule,
  content: Chart,
): RenderedChart {
  const { charts } = input.settings;
  if (charts === undefined) return refused([notConfigured(content.chart)]);
  const scope = substitutionScope(input, module);
  const { value, problems } = substitute(content.values, scope);
  const all = [
    ...chartProblems(content.chart),
    ...served(input, charts),
    ...problems.map(({ path, message, remedy }) =>
      manifestProblem(`values.${path}: ${message}`, remedy),
    ),
  ];
  if (all.length > 0) return refused(all);
  const { chart } = content;
  const install = { input, module, settings: charts, chart, values: value };
  return {
    manifests:
      charts.kind === 'flux'
        ? fluxRelease(install)
        : [argoApplication(install)],
    problems: [],
    notes: chartNotes(input, module),
  };
}

function refused(problems: readonly ObjectProblem[]): RenderedChart {
  return { manifests: [], problems, notes: [] };
}

function notConfigured(chart: ChartRef): ObjectProblem {
  return {
    rule: 'charts-not-configured',
    message: `The chart ${chart.name.slice(
      0,
      80,
    )} needs a controller that installs charts, and none is configured.`,
    remedy:
      'Set tenants.charts (kind flux or argocd, and the source of charts), or choose a module that brings manifests.',
  };
}

function chartProblems({ name, repo, version }: ChartRef): ObjectProblem[] {
  const problems: ObjectProblem[] = [];
  if (!CHART_NAME.test(name) || name.includes('..')) {
    problems.push(
      manifestProblem(
        `${JSON.stringify(name.slice(0, 80))} is not a chart’s name.`,
        'Use letters, digits, dashes, dots and underscores.',
      ),
    );
  }
  if (repo !== undefined && !REPOSITORY.test(repo)) {
    problems.push(
      manifestProblem(
        'The address of the chart’s repository is not https:// or oci://, or holds credentials.',
        'Write https://… or oci://… without a user.',
      ),
    );
  }
  if (version !== undefined && !VERSION.test(version)) {
    problems.push(
      manifestProblem(
        'The chart’s version is none.',
        'Write a version such as 1.2.3.',
      ),
    );
  }
  return problems;
}

function served({ cluster }: RenderInput, charts: ChartSettings) {
  const [apiVersion, kind] =
    charts.kind === 'flux'
      ? ['helm.toolkit.fluxcd.io/v2', 'HelmRelease']
      : ['argoproj.io/v1alpha1', 'Application'];
  if (cluster.serves?.(apiVersion, kind) !== false) return [];
  const problem: ObjectProblem = {
    rule: 'kind-not-served',
    message: `The cluster does not know ${kind} (${apiVersion}), which installs charts.`,
    remedy: `Install ${
      charts.kind === 'flux' ? 'Flux’s helm-controller' : 'Argo CD'
    } in the cluster.`,
  };
  return [problem];
}

function chartNotes(input: RenderInput, module: PlannedModule): PlanNote[] {
  const subject = module.definition.name;
  const environment = input.spec.name;
  const estimated: PlanNote = {
    environment,
    subject,
    kind: 'estimated',
    message: module.release.footprint
      ? `${subject} is a chart: what it uses is what its definition states.`
      : `${subject} is a chart and its definition states no footprint: what it uses is not known.`,
  };
  const asleep: PlanNote = {
    environment,
    subject,
    kind: 'warning',
    message: `${subject} is a chart: its controller is paused while the environment sleeps, and its workloads are scaled down one by one.`,
  };
  return input.spec.asleep ? [estimated, asleep] : [estimated];
}
