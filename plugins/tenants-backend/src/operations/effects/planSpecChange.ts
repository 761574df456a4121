// SPDX-License-Identifier: Apache-2.0
import type {
  OperationRequest,
  Plan,
} from '@tenantry/backstage-plugin-tenants-common';
import type { MadePlan, PlannedEnvironment } from '../../modules/Planner';
import { isReservedNamespace } from '../../records/namespaceName';
import { OperationRefusedError } from '../OperationErrors';
import type { StepPlan } from '../OperationExecutor';
import type { EffectPorts } from './EffectPorts';
import { failure, refuse } from './failures';
import { isJson } from './fieldTree';
import { journalled } from './journalled';
import { planStep } from './planStep';
import { recordOf, unavailableStep, type Planning } from './recordsOf';
import { lostEnvironments, onlyEnvironment, withoutLost } from './withoutLost';

/** What changes environments by their spec: the plan made anew, then a comparison per environment, which plans the rest. */
export async function planSpecChange(
  ports: EffectPorts,
  planning: Planning,
): Promise<readonly StepPlan[]> {
  checkNamespaces(planning.request);
  const made = await makePlan(ports, planning);
  const lost = lostEnvironments(made.plan.refusals);
  if (lost.size > 0) return await planReachable(ports, planning, made.plan);
  checkPlan(made.plan, planning);
  return await stepsOf(ports, planning, made.environments);
}

async function makePlan(
  { planner }: EffectPorts,
  { operation, request, signal }: Planning,
): Promise<MadePlan> {
  const { tenant, requestedBy, ownership = [requestedBy] } = operation;
  const caller = { entityRef: requestedBy, ownership };
  // What is there is compared when the operation runs; asking here too would double the requests. Only the plan that somebody looked
  // at has to be made as it was then: its version covers what is there.
  const purpose = namesPlan({ operation, request }) ? 'show' : 'apply';
  return await planner.make({ tenant, request }, { caller, signal, purpose });
}

/** Of several environments, those whose clusters can be reached; the others fail with their reason. */
async function planReachable(
  ports: EffectPorts,
  planning: Planning,
  plan: Plan,
): Promise<readonly StepPlan[]> {
  const lost = lostEnvironments(plan.refusals);
  const { tenant } = planning.operation;
  const { records } = await ports.records.ofTenant(tenant, planning.signal);
  const known = records.map(({ environment }) => environment);
  const request = withoutLost(planning.request, lost, known);
  const [first] = lost.values();
  if (!request) {
    const message = first?.message ?? 'The cluster can’t be reached now.';
    throw new OperationRefusedError(
      failure('ClusterUnavailable', message, true),
    );
  }
  const rest = { ...planning, request: { ...request, planVersion: undefined } };
  const made = await makePlan(ports, rest);
  checkPlan(made.plan, rest);
  return [
    ...(await stepsOf(ports, rest, made.environments)),
    ...[...lost].map(([environment, { subject: cluster, message }]) =>
      unavailableStep({
        cluster,
        message,
        environment,
        attempt: planning.operation.attempt,
      }),
    ),
  ];
}

/**
 * The steps of one environment whose cluster could not be reached when the others were planned.
 *
 * @throws OperationRefusedError; retryable while the cluster can’t be reached
 */
export async function planEnvironment(
  ports: EffectPorts,
  planning: Planning,
  environment: string,
): Promise<readonly StepPlan[]> {
  const request = onlyEnvironment(planning.request, environment);
  const part = { ...planning, request };
  const made = await makePlan(ports, part);
  const [lost] = lostEnvironments(made.plan.refusals).values();
  if (lost) {
    throw new OperationRefusedError(
      failure('ClusterUnavailable', lost.message, true),
    );
  }
  checkPlan(made.plan, part);
  return await stepsOf(ports, part, made.environments);
}

async function stepsOf(
  ports: EffectPorts,
  planning: Planning,
  planned: readonly PlannedEnvironment[],
): Promise<readonly StepPlan[]> {
  for (const each of planned) keepAnAdmin(each);
  const others = unrenderedSteps(planning, planned);
  return [
    ...planned.map(each => compareStep(each, planning.request, others(each))),
    ...(planned.length === 0 ? await directSteps(ports, planning) : []),
  ];
}

/** @throws OperationRefusedError when a namespace is no tenant’s to have */
function checkNamespaces(request: OperationRequest): void {
  if (request.type !== 'adopt') return;
  const wrong = request.namespaces.find(isReservedNamespace);
  if (wrong !== undefined) {
    refuse(
      'ReservedNamespace',
      `The namespace "${wrong}" is one of the cluster itself; it can’t be adopted.`,
    );
  }
}

/** Whether it is for one plan only. Later tries find what the first one has done. */
function namesPlan({
  operation,
  request,
}: Pick<Planning, 'operation' | 'request'>): boolean {
  return operation.attempt <= 1 && request.planVersion !== undefined;
}

/** @throws OperationRefusedError with the first refusal, or when the plan is not the one that was looked at */
function checkPlan(plan: Plan, { operation, request }: Planning): void {
  const [refusal] = plan.refusals;
  if (refusal) refuse('PlanRefused', refusal.message);
  const isAnother = request.planVersion !== plan.version;
  if (namesPlan({ operation, request }) && isAnother) {
    refuse(
      'PlanChanged',
      'Another plan would be made now than the one that was looked at. Look at the new plan and start again.',
    );
  }
}

/** @throws OperationRefusedError when nobody would be left to manage the environment */
function keepAnAdmin({ record, previous, name }: PlannedEnvironment): void {
  const admins = (spec: typeof record.spec) =>
    spec.members.filter(({ role }) => role === 'admin').length;
  const isLost =
    record.state === 'active' &&
    previous !== undefined &&
    admins(previous.spec) > 0 &&
    admins(record.spec) === 0;
  if (isLost) {
    refuse(
      'LastAdmin',
      `The last admin of environment "${name}" can’t be removed. Make somebody else an admin first.`,
    );
  }
}

function compareStep(
  { record, previous, objects, generatedSecrets }: PlannedEnvironment,
  request: OperationRequest,
  others: readonly StepPlan[],
): StepPlan {
  return planStep(
    record,
    {
      do: 'compare',
      record: journalled(record),
      ...(previous && { previous: journalled(previous) }),
      objects: objects.map(object => ({ ...object })),
      generatedSecrets: generatedSecrets.map(({ keys, ...secret }) => ({
        ...secret,
        keys: [...keys],
      })),
      adopts: request.type === 'adopt' ? request.namespaces : [],
      others: [...others],
    },
    { title: `Compare ${record.environment} with cluster ${record.cluster}` },
  );
}

/** `Kind/name` of what has its replicas, or whether it is suspended, in its manifest. */
function renderedScale({ objects }: PlannedEnvironment): string[] {
  return objects.flatMap(({ manifest }) => {
    const { kind, metadata, spec } = manifest;
    const isSaid =
      isJson(spec) &&
      (spec.replicas !== undefined ||
        (kind === 'CronJob' && spec.suspend !== undefined));
    return isSaid ? [`${kind}/${metadata.name}`] : [];
  });
}

function unrenderedSteps(
  { request }: Planning,
  planned: readonly PlannedEnvironment[],
): (environment: PlannedEnvironment) => readonly StepPlan[] {
  if (request.type === 'sleep' || request.type === 'wake') {
    const asleep = request.type === 'sleep';
    return environment => [quietStep(environment, asleep)];
  }
  if (request.type !== 'scale' || planned.length === 0) return () => [];
  const { workload, replicas } = request;
  return environment =>
    renderedScale(environment).includes(workload)
      ? []
      : [scaleStep(environment.record, workload, replicas)];
}

function quietStep(environment: PlannedEnvironment, asleep: boolean): StepPlan {
  const record = journalled(environment.record);
  const rendered = renderedScale(environment);
  const verb = asleep ? 'Put to sleep' : 'Wake';
  return planStep(
    record,
    { do: 'quiet', record, rendered, asleep },
    { title: `${verb} what else runs in ${record.environment}` },
  );
}

function scaleStep(
  found: PlannedEnvironment['record'],
  workload: string,
  replicas: number,
): StepPlan {
  const record = journalled(found);
  const [kind = '', name = ''] = workload.split('/');
  return planStep(
    record,
    { do: 'scale', record, kind, name, replicas },
    { title: `Scale ${kind} ${name} to ${replicas}` },
  );
}

/** Of a request that changes no spec. */
async function directSteps(
  ports: EffectPorts,
  planning: Planning,
): Promise<readonly StepPlan[]> {
  const { request } = planning;
  if (request.type !== 'scale') return [];
  const found = await recordOf(ports, planning, request.environment);
  const record = journalled(found);
  const title = `Take hold of ${record.environment}`;
  return [
    planStep(record, { do: 'claim', record }, { title }),
    scaleStep(found, request.workload, request.replicas),
  ];
}
