// SPDX-License-Identifier: Apache-2.0
import type { JsonObject } from '@backstage/types';
import { createMockActionContext } from '@backstage/plugin-scaffolder-node-test-utils';
import type { TenantsApi } from '@tenantry/backstage-plugin-tenants-common';
import type { TenantActionOptions } from '../actions/TenantActionOptions';
import type { FakeOperations } from './FakeOperations';

/** The part of an action that runs, whatever its input is. */
type RunnableAction = { handler(context: never): Promise<void> };

type Run = {
  readonly input: JsonObject;
  readonly isDryRun?: boolean;
  readonly taskId?: string;
  readonly workspacePath?: string;
  /** Aborted when the task is cancelled. */
  readonly signal?: AbortSignal;
  /** Stands where time passes between two looks. */
  readonly onPause?: () => void;
};

/** Runs an action as the scaffolder does, and says what it put out and what it logged. */
export async function runAction(
  create: (options: TenantActionOptions) => RunnableAction,
  operations: FakeOperations,
  run: Run,
) {
  const { input, isDryRun, taskId = 'task-1', workspacePath, signal } = run;
  const api = { operations } as unknown as TenantsApi;
  const action = create({
    tenants: { as: () => api },
    pause: async () => run.onPause?.(),
  });
  const outputs: Record<string, unknown> = {};
  const lines: string[] = [];
  const log = (message: string) => void lines.push(message);
  const context = createMockActionContext({
    input,
    task: { id: taskId },
    ...(workspacePath ? { workspacePath } : {}),
  });
  Object.assign(context.logger, { info: log, warn: log, error: log });
  Object.assign(context, {
    isDryRun,
    signal,
    output: (name: string, value: unknown) => {
      outputs[name] = value;
    },
  });
  await action.handler(context as never);
  return { outputs, lines };
}
