// SPDX-License-Identifier: Apache-2.0
import type { ErrorObject, ValidateFunction } from 'ajv';
import type { LocatedProblem } from '../DefinitionFile';
import type { JsonObject } from '../ModuleCatalogue';
import { placeText, problemAt, within, type Place } from '../Place';
import { suggestion } from '../suggestion';

type Checker = {
  readonly names: readonly string[];
  /** Of the schema without `required`. */
  readonly validate: ValidateFunction;
};

/** Values per tier that the schema of the parameters refuses. Values may be missing: the caller gives the rest. */
export function checkTierParameters(
  tiers: Readonly<Record<string, JsonObject>>,
  release: Place,
  { names, validate }: Checker,
): LocatedProblem[] {
  return Object.entries(tiers).flatMap(([tier, values]) => {
    validate(values);
    const at = within(release, 'tierParameters', tier);
    return (validate.errors ?? []).slice(0, 10).map(error =>
      problemAt(within(at, ...pathOf(error)), {
        rule: 'tier-parameters',
        message: `Tier "${tier}" sets ${describe(error)}.`,
        remedy: remedyOf(error, names),
      }),
    );
  });
}

function pathOf({ instancePath, params }: ErrorObject): PropertyKey[] {
  const path: PropertyKey[] = instancePath
    .split('/')
    .slice(1)
    .map(step => step.replace(/~1/g, '/').replace(/~0/g, '~'))
    .map(step => (/^\d+$/.test(step) ? Number(step) : step));
  const { additionalProperty } = params;
  return typeof additionalProperty === 'string'
    ? [...path, additionalProperty]
    : path;
}

function describe(error: ErrorObject): string {
  const name = placeText(pathOf(error)) || 'values';
  return error.keyword === 'additionalProperties'
    ? `"${name}", which is no parameter of the release`
    : `"${name}" to a value that ${error.message ?? 'is not valid'}`;
}

function remedyOf({ keyword, params }: ErrorObject, names: readonly string[]) {
  if (keyword !== 'additionalProperties') {
    return 'Change the value, or what the schema under "parameters" allows.';
  }
  return suggestion(String(params.additionalProperty), names);
}
