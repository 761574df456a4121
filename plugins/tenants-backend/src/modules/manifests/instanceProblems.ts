// SPDX-License-Identifier: Apache-2.0
import type { KubeManifest } from '@tenantry/backstage-plugin-tenants-node';
import type { JsonValue } from '@tenantry/backstage-plugin-tenants-node/definitions';
import type { Instance } from './instantiate';
import { field, fieldAt, isJsonObject, textEntries } from './jsonValue';
import { kindProblems } from './kindRules';
import { labelProblems, metadataProblems } from './metadataRules';
import { manifestProblem, type ObjectProblem } from './ObjectProblem';
import { checkPodSecurity } from './podSecurity/checkPodSecurity';
import { podTemplate } from './podTemplates';
import type { RenderInput } from './RenderInput';
import { validateOffline } from './validateOffline';

const MAX_PATHS = 5;

/** What is wrong with an object as its template and values make it. */
export function instanceProblems(
  instance: Instance,
  input: RenderInput,
): ObjectProblem[] {
  const { object, kind } = instance;
  const { prefix } = input.settings.labels;
  const template = podTemplate(object, kind);
  const labelsPath = `${template?.path}.metadata.labels`;
  return [
    ...metadataProblems(object, kind, prefix),
    ...labelProblems(
      fieldAt(template?.value, ['metadata', 'labels']),
      labelsPath,
      prefix,
    ),
    ...innerNamespaces(object, '', 0).map(path =>
      manifestProblem(
        `${path} names a namespace; everything goes to the environment’s.`,
        `Remove ${path}.`,
      ),
    ),
    ...(object.status === undefined
      ? []
      : [manifestProblem('status is the cluster’s to say.', 'Remove status.')]),
    ...kindProblems(object, kind, input),
  ];
}

/** `metadata.namespace` of templates within an object; that of the object itself has its own rule. */
function innerNamespaces(
  value: JsonValue,
  path: string,
  depth: number,
): string[] {
  if (typeof value !== 'object' || value === null) return [];
  const own =
    depth > 0 && fieldAt(value, ['metadata', 'namespace']) !== undefined
      ? [`${path}.metadata.namespace`]
      : [];
  const isList = Array.isArray(value);
  const inner = Object.entries(value).flatMap(([key, item]) => {
    const dot = path === '' ? key : `${path}.${key}`;
    const at = isList ? `${path}[${key}]` : dot;
    return innerNamespaces(item, at, depth + 1);
  });
  return [...own, ...inner];
}

/** What is wrong with an object when everything is in it: Kubernetes' schema, its selector, the security of its pods. */
export function manifestProblems(
  instance: Instance,
  manifest: KubeManifest,
  input: RenderInput,
): ObjectProblem[] {
  const invalid = validateOffline(manifest);
  return [
    ...(invalid === undefined
      ? []
      : [
          manifestProblem(
            `It does not fit its schema: ${invalid}`,
            'Correct the fields named.',
          ),
        ]),
    ...selectorProblems(instance),
    ...securityProblems(instance, input),
  ];
}

/** A selector that misses its own pods is refused by every API server. */
function selectorProblems({ object, kind }: Instance): ObjectProblem[] {
  const selector = fieldAt(object, ['spec', 'selector', 'matchLabels']);
  const template = podTemplate(object, kind);
  if (kind === 'Job' || kind === 'CronJob') return [];
  if (template === undefined || !isJsonObject(selector)) return [];
  const labels = textEntries(
    field(field(template.value, 'metadata'), 'labels'),
  );
  const misses = Object.entries(textEntries(selector)).filter(
    ([key, value]) => labels[key] !== value,
  );
  return misses.map(([key]) =>
    manifestProblem(
      `spec.selector.matchLabels[${key}] is not a label of ${template.path}.`,
      `Add the label to ${template.path}.metadata.labels.`,
    ),
  );
}

function securityProblems(
  { object, kind }: Instance,
  input: RenderInput,
): ObjectProblem[] {
  const template = podTemplate(object, kind);
  if (template === undefined) return [];
  return checkPodSecurity(template.value, input.settings.podSecurity).map(
    ({ control, level, paths, remedy }): ObjectProblem => {
      const said = paths.slice(0, MAX_PATHS).map(p => `${template.path}.${p}`);
      const more = paths.length - said.length;
      const rest = more > 0 ? ` and ${more} more` : '';
      return {
        rule: 'pod-security',
        message: `Pod Security ${level} refuses it: ${control}, by ${said.join(
          ', ',
        )}${rest}.`,
        remedy,
      };
    },
  );
}
