// SPDX-License-Identifier: Apache-2.0
import type {
  JsonObject,
  ManifestTemplate,
} from '@tenantry/backstage-plugin-tenants-node/definitions';
import { renderEnvironment } from '../renderEnvironment';
import type { RenderInput } from '../RenderInput';
import { plannedModule, renderInput, template } from './renderInput';

/** Renders an environment with one module of these templates; `manifests` are the module’s alone. */
export function renderTemplates(
  templates: readonly (ManifestTemplate | JsonObject)[],
  input: Partial<RenderInput> & { readonly parameters?: JsonObject } = {},
) {
  const { parameters, ...others } = input;
  const module = plannedModule({
    parameters,
    templates: templates.map(one => (isTemplate(one) ? one : template(one))),
    release: { parameters: { type: 'object', additionalProperties: true } },
  });
  const result = renderEnvironment(
    renderInput({ modules: [module], ...others }),
  );
  return {
    ...result,
    manifests: result.objects
      .filter(object => object.module !== undefined)
      .map(({ manifest }) => manifest),
  };
}

function isTemplate(
  value: ManifestTemplate | JsonObject,
): value is ManifestTemplate {
  return 'object' in value && 'at' in value;
}

/** An object of core Kubernetes called `web`. */
export const named = (kind: string, fields: JsonObject = {}): JsonObject => ({
  apiVersion: 'v1',
  kind,
  metadata: { name: 'web' },
  ...fields,
});
