// SPDX-License-Identifier: Apache-2.0
import type {
  JsonObject,
  ManifestTemplate,
} from '@tenantry/backstage-plugin-tenants-node/definitions';
import type { PlannedModule } from '../PlannedModule';
import { holds, type ConditionValues } from './condition';
import { field, textField } from './jsonValue';
import { allowedKinds, kindKey } from './kinds';
import { manifestProblem, type ObjectProblem } from './ObjectProblem';
import type { RenderInput } from './RenderInput';
import { hasSubstitution, substitute } from './substitute';
import { substitutionScope } from './SubstitutionScope';

/** An object of a module with its values in it, before anything is enforced on it. */
export type Instance = {
  readonly module: PlannedModule;
  readonly template: ManifestTemplate;
  readonly apiVersion: string;
  readonly kind: string;
  readonly object: JsonObject;
  readonly problems: readonly ObjectProblem[];
};

/** Puts a module's values into its templates. Objects whose condition does not hold are left out. */
export function instantiate(
  input: RenderInput,
  module: PlannedModule,
  templates: readonly ManifestTemplate[],
): Instance[] {
  const scope = substitutionScope(input, module);
  const conditions = conditionValues(input, module, scope.values);
  return templates.flatMap(template => {
    const { object } = template;
    const apiVersion = textField(object, 'apiVersion') ?? '';
    const kind = textField(object, 'kind') ?? '';
    const common = { module, template, apiVersion, kind };
    const condition = decide(template, conditions);
    if (condition === false) return [];
    const fixed = [
      ...(condition === true ? [] : [condition]),
      ...fixedFieldProblems(object, input),
    ];
    if (fixed.length > 0) return [{ ...common, object, problems: fixed }];
    const { value, problems } = substitute(object, scope);
    return [
      {
        ...common,
        object: value,
        problems: problems.map(({ path, message, remedy }) =>
          manifestProblem(`${path}: ${message}`, remedy),
        ),
      },
    ];
  });
}

function conditionValues(
  input: RenderInput,
  module: PlannedModule,
  values: JsonObject,
): ConditionValues {
  const isSet = module.release.secrets.map(({ name }) => [
    name,
    input.secrets.has(name),
  ]);
  return {
    maps: { ...values, secrets: Object.fromEntries(isSet) },
    modules: input.modules.map(({ definition }) => definition.name),
  };
}

function decide(
  { when }: ManifestTemplate,
  values: ConditionValues,
): boolean | ObjectProblem {
  if (when === undefined) return true;
  const result = holds(when, values);
  return result.ok
    ? result.holds
    : manifestProblem(`when: ${result.message}`, result.remedy);
}

/** What kind of object it is, and where it goes, is fixed by the template and never by a value. */
function fixedFieldProblems(
  object: JsonObject,
  input: RenderInput,
): ObjectProblem[] {
  const apiVersion = field(object, 'apiVersion');
  const kind = field(object, 'kind');
  if (typeof apiVersion !== 'string' || typeof kind !== 'string') {
    return [
      manifestProblem(
        'apiVersion or kind is missing.',
        'Write both, such as apiVersion: apps/v1 and kind: Deployment.',
      ),
    ];
  }
  if (hasSubstitution(apiVersion) || hasSubstitution(kind)) {
    return [
      manifestProblem(
        'apiVersion and kind take no substitution.',
        'Write them out; use when: to choose between two objects.',
      ),
    ];
  }
  return kindAllowed({ apiVersion, kind }, input);
}

function kindAllowed(
  type: { readonly apiVersion: string; readonly kind: string },
  { settings, cluster }: RenderInput,
): ObjectProblem[] {
  const { apiVersion, kind } = type;
  const key = kindKey(apiVersion, kind);
  const allowed = allowedKinds(settings);
  const name = `${kind.slice(0, 63)} (${apiVersion.slice(0, 80)})`;
  if (!allowed.has(key)) {
    return [
      {
        rule: 'kind-not-allowed',
        message: `A module of a tenant may not have a ${name}.`,
        remedy: `Remove it, or let the platform allow it. Allowed are ${[
          ...allowed,
        ].join(', ')}.`,
      },
    ];
  }
  if (cluster.serves?.(apiVersion, kind) !== false) return [];
  return [
    {
      rule: 'kind-not-served',
      message: `The cluster does not know ${name}.`,
      remedy: `Install what serves ${name} in the cluster, or choose another release.`,
    },
  ];
}
