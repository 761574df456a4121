// SPDX-License-Identifier: Apache-2.0
import {
  overlayEnvironment,
  type EnvironmentSpec,
  type PlanRequestInput,
} from '@tenantry/backstage-plugin-tenants-common';
import {
  tenantNameOf,
  type ChosenModule,
  type TemplateFormData,
} from './TemplateFormData';

/** What a template would ask for with these modules; `undefined` while the form does not say enough. */
export function templatePlan(
  form: TemplateFormData,
  modules: readonly ChosenModule[],
  current: EnvironmentSpec | undefined,
): PlanRequestInput | undefined {
  const tenant = tenantNameOf(form);
  const { environment, cluster, tier, owner } = form;
  if (tenant === undefined || environment === undefined) return undefined;
  const chosen = modules.map(({ parameters = {}, ...module }) => ({
    ...module,
    parameters,
  }));
  if (current) {
    const change = { name: environment, modules: chosen, removeModules: [] };
    const environments = [overlayEnvironment(current, change)];
    return { tenant, request: { type: 'apply', environments } };
  }
  if (cluster === undefined || tier === undefined) return undefined;
  const members = owner ? [{ subject: owner, role: 'admin' as const }] : [];
  return {
    tenant,
    request: {
      type: 'apply',
      owner,
      environments: [
        { name: environment, cluster, tier, modules: chosen, members },
      ],
    },
  };
}
