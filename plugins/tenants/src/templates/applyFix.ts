// SPDX-License-Identifier: Apache-2.0
import type { FixChange } from '../plan/PlanView';
import type { ChosenModule } from './TemplateFormData';

/** The modules with a fix taken over; `undefined` when the fix is about something else. */
export function applyFix(
  modules: readonly ChosenModule[],
  change: FixChange,
): ChosenModule[] | undefined {
  switch (change.type) {
    case 'add-module':
      return [
        ...modules.filter(({ name }) => name !== change.module),
        { name: change.module, version: change.version },
      ];
    case 'remove-module':
      return modules.filter(({ name }) => name !== change.module);
    case 'set-version':
      return replace(modules, change.module, module => ({
        ...module,
        version: change.version,
      }));
    case 'set-parameter':
      return replace(modules, change.module, module => ({
        ...module,
        parameters: setAt(module.parameters ?? {}, change.path, change.value),
      }));
    case 'set-tier':
    case 'set-secret':
      return undefined;
    default:
      return change satisfies never;
  }
}

type Parameters = NonNullable<ChosenModule['parameters']>;

/** A module that is only needed by others is chosen too when it is changed. */
function replace(
  modules: readonly ChosenModule[],
  name: string,
  change: (module: ChosenModule) => ChosenModule,
): ChosenModule[] {
  const others = modules.filter(module => module.name !== name);
  const chosen = modules.find(module => module.name === name) ?? { name };
  return [...others, change(chosen)];
}

/** Sets a value at a path such as `resources.cpu`. */
function setAt(
  values: Parameters,
  path: string,
  value: Parameters[string],
): Parameters {
  const [first, ...rest] = path.split('.');
  if (rest.length === 0) return { ...values, [first]: value };
  const inner = values[first];
  const isObject =
    typeof inner === 'object' && inner !== null && !Array.isArray(inner);
  return {
    ...values,
    [first]: setAt(isObject ? inner : {}, rest.join('.'), value),
  };
}
