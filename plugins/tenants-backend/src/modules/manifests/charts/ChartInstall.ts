// SPDX-License-Identifier: Apache-2.0
import type {
  ChartRef,
  JsonObject,
} from '@tenantry/backstage-plugin-tenants-node/definitions';
import type { PlannedModule } from '../../PlannedModule';
import { moduleLabels } from '../objectLabels';
import type { ChartSettings, RenderInput } from '../RenderInput';

/** A chart to install for a module, with its values in it. */
export type ChartInstall = {
  readonly input: RenderInput;
  readonly module: PlannedModule;
  readonly settings: ChartSettings;
  readonly chart: ChartRef;
  readonly values: JsonObject;
};

/** Longest name of a Helm release. */
const MAX_RELEASE = 53;

/** Name of the Helm release and of the object that installs it: `<namespace>-<module>`. */
export function releaseName({ input, module }: ChartInstall): string {
  return `${input.namespace}-${module.definition.name}`;
}

/** Helm’s own limit is shorter than Kubernetes’; what is too long gets the module’s name alone. */
export function helmReleaseName(install: ChartInstall): string {
  const name = releaseName(install);
  return name.length <= MAX_RELEASE
    ? name
    : install.module.definition.name.slice(0, MAX_RELEASE).replace(/-+$/, '');
}

/** Metadata of what installs a chart. */
export function installMetadata(install: ChartInstall, namespace: string) {
  return {
    name: releaseName(install),
    namespace,
    labels: moduleLabels(install.input, install.module),
  };
}

/** What charts that care can read, under `global` where no chart’s own schema forbids it. */
export function chartValues(install: ChartInstall): JsonObject {
  const { input, module, values } = install;
  const global = values.global;
  const own =
    typeof global === 'object' && !Array.isArray(global) ? global : {};
  return {
    ...values,
    global: {
      ...own,
      tenantry: {
        tenant: input.tenant.name,
        environment: input.spec.name,
        namespace: input.namespace,
        tier: input.spec.tier,
        module: module.definition.name,
      },
    },
  };
}

/** Path of the chart in a Git repository. */
export function chartPath({ settings, chart, module }: ChartInstall): string {
  const parts: Readonly<Record<string, string>> = {
    name: chart.name,
    version: chart.version ?? module.release.version,
    module: module.definition.name,
  };
  const template = settings.pathTemplate ?? '{name}';
  return template.replace(/\{(name|version|module)\}/g, (_, key) => parts[key]);
}
