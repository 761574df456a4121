// SPDX-License-Identifier: Apache-2.0
import type {
  PlanNote,
  Refusal,
} from '@tenantry/backstage-plugin-tenants-common';
import type { PlannedModule } from '../PlannedModule';
import type { RenderedObject } from '../RenderedObject';
import { renderChart } from './charts/renderChart';
import { finishObject, instanceName } from './finishObject';
import { instanceProblems, manifestProblems } from './instanceProblems';
import { instantiate, type Instance } from './instantiate';
import { toRefusal, type ObjectProblem } from './ObjectProblem';
import type { RenderInput, RenderResult } from './RenderInput';
import { autoscalerTarget, replicaNotes, workloadKey } from './replicas';
import { podTemplatePath } from './podTemplates';
import { canValidateOffline } from './validateOffline';

/** The objects of every module of an environment. */
export function renderModuleObjects(input: RenderInput): RenderResult {
  const instances = input.modules.flatMap(module => instancesOf(input, module));
  const autoscaled = new Set([
    ...input.hpaTargets,
    ...instances.flatMap(({ object }) => autoscalerTarget(object) ?? []),
  ]);
  const finished = instances.map(instance =>
    finish(instance, input, autoscaled),
  );
  const charts = input.modules.map(module => chartOf(input, module));
  const workloads = new Set(instances.flatMap(workloadOf));
  return {
    objects: [...finished, ...charts].flatMap(({ objects }) => objects),
    refusals: [
      ...input.modules.flatMap(module => undeliverable(input, module)),
      ...[...finished, ...charts].flatMap(({ refusals }) => refusals),
    ],
    notes: [
      ...charts.flatMap(({ notes }) => notes),
      ...replicaNotes(input, workloads, autoscaled),
      ...unknownKinds(input, instances),
    ],
  };
}

function instancesOf(input: RenderInput, module: PlannedModule): Instance[] {
  const { content } = module.release;
  return content.kind === 'manifests'
    ? instantiate(input, module, content.templates)
    : [];
}

function workloadOf(instance: Instance): string[] {
  return podTemplatePath(instance.kind) === undefined
    ? []
    : [workloadKey(instance.kind, instanceName(instance))];
}

/** An object with problems is left out: half an object is worse than none. */
function finish(
  instance: Instance,
  input: RenderInput,
  autoscaled: ReadonlySet<string>,
): RenderResult {
  const refuse = (problems: readonly ObjectProblem[]): RenderResult => ({
    objects: [],
    refusals: problems.map(problem => refusalOf(problem, instance, input)),
    notes: [],
  });
  if (instance.problems.length > 0) return refuse(instance.problems);
  const early = instanceProblems(instance, input);
  if (early.length > 0) return refuse(early);
  const manifest = finishObject(instance, input, autoscaled);
  const late = manifestProblems(instance, manifest, input);
  if (late.length > 0) return refuse(late);
  const { definition, wave } = { ...instance.module };
  const object: RenderedObject = { manifest, module: definition.name, wave };
  return { objects: [object], refusals: [], notes: [] };
}

function refusalOf(
  problem: ObjectProblem,
  instance: Instance,
  input: RenderInput,
): Refusal {
  const { module, template } = instance;
  const name = instanceName(instance).slice(0, 80);
  return toRefusal(problem, {
    environment: input.spec.name,
    module,
    subject: workloadKey(instance.kind || 'object', name),
    at: template.at,
  });
}

function chartOf(input: RenderInput, module: PlannedModule): RenderResult {
  const { content } = module.release;
  if (content.kind !== 'chart') return { objects: [], refusals: [], notes: [] };
  const { manifests, problems, notes } = renderChart(input, module, content);
  const subject = `chart ${content.chart.name.slice(0, 80)}`;
  const environment = input.spec.name;
  return {
    objects: manifests.map(manifest => ({
      manifest,
      module: module.definition.name,
      wave: module.wave,
    })),
    refusals: problems.map(problem =>
      toRefusal(problem, { environment, module, subject }),
    ),
    notes,
  };
}

function undeliverable(input: RenderInput, module: PlannedModule): Refusal[] {
  const { definition, release } = module;
  const where = {
    environment: input.spec.name,
    module,
    subject: release.version,
  };
  if (definition.scope === 'cluster') {
    const problem: ObjectProblem = {
      rule: 'scope',
      message: `${definition.name} runs once per cluster and outside every tenant.`,
      remedy: 'Leave it out; the platform team installs it.',
    };
    return [toRefusal(problem, where)];
  }
  if (release.content.kind !== 'none') return [];
  const problem: ObjectProblem = {
    rule: 'nothing-to-deliver',
    message: `${definition.name} is only described: its definition names neither manifests nor a chart.`,
    remedy: 'Choose another release, or ask its owner to add what it installs.',
  };
  return [toRefusal(problem, where)];
}

/** One note a kind: what has no schema here is checked by the cluster alone. */
function unknownKinds(
  input: RenderInput,
  instances: readonly Instance[],
): PlanNote[] {
  const kinds = instances
    .filter(({ apiVersion, kind, problems }) => {
      return problems.length === 0 && !canValidateOffline(apiVersion, kind);
    })
    .map(({ apiVersion, kind }) => `${kind} (${apiVersion})`);
  return [...new Set(kinds)].map(
    (subject): PlanNote => ({
      environment: input.spec.name,
      subject,
      kind: 'offline-validation',
      message: `There is no schema for ${subject} here: only the cluster can check it.`,
    }),
  );
}
