// SPDX-License-Identifier: Apache-2.0
import {
  workloadKeySchema,
  type EnvironmentSpec,
  type ModuleChoice,
  type OperationRequestInput,
} from '@tenantry/backstage-plugin-tenants-common';

/** Changes that can be asked about. */
export const FIT_CHANGES = ['scale', 'add', 'upgrade', 'tier'] as const;

/** One of {@link FIT_CHANGES}. */
export type FitChange = (typeof FIT_CHANGES)[number];

/** What is chosen so far. */
export type FitChoice = {
  readonly change: FitChange | undefined;
  readonly workload: string | undefined;
  readonly replicas: number | undefined;
  readonly tier: string | undefined;
  readonly module: ModuleChoice | undefined;
};

type Place = {
  readonly environment: string;
  /** `undefined` where the portal does not manage it. */
  readonly spec: EnvironmentSpec | undefined;
};

/** The operation that a choice stands for; `undefined` while something is missing. */
export function fitRequest(
  choice: FitChoice,
  { environment, spec }: Place,
): OperationRequestInput | undefined {
  switch (choice.change) {
    case 'scale':
      return scaleRequest(choice, environment);
    case 'tier':
      return spec && choice.tier && choice.tier !== spec.tier
        ? apply({ ...spec, tier: choice.tier })
        : undefined;
    case 'add':
    case 'upgrade':
      return spec && choice.module
        ? apply(withModule(spec, choice.module))
        : undefined;
    case undefined:
      return undefined;
    default:
      return choice.change satisfies never;
  }
}

function scaleRequest(
  { workload, replicas }: FitChoice,
  environment: string,
): OperationRequestInput | undefined {
  const key = workloadKeySchema.safeParse(workload);
  if (!key.success || replicas === undefined || !Number.isInteger(replicas)) {
    return undefined;
  }
  return { type: 'scale', environment, workload: key.data, replicas };
}

function apply(spec: EnvironmentSpec): OperationRequestInput {
  return { type: 'apply', environments: [spec] };
}

function withModule(
  spec: EnvironmentSpec,
  choice: ModuleChoice,
): EnvironmentSpec {
  const others = spec.modules.filter(({ name }) => name !== choice.name);
  return { ...spec, modules: [...others, choice] };
}
