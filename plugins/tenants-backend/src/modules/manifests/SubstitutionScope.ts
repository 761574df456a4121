// SPDX-License-Identifier: Apache-2.0
import type {
  JsonObject,
  JsonValue,
} from '@tenantry/backstage-plugin-tenants-node/definitions';
import type { PlannedModule } from '../PlannedModule';
import { field, isJsonObject } from './jsonValue';
import type { RenderInput } from './RenderInput';

/** What a template may name: `parameters.x`, `tenant.name` … */
export type SubstitutionScope = {
  readonly values: JsonObject;
  /** JSON Schema of the release's parameters. */
  readonly schema: JsonObject | undefined;
};

/** What a path stands for. */
export type Lookup =
  | { readonly kind: 'value'; readonly value: JsonValue }
  /** May be named, and nobody gave it a value. */
  | { readonly kind: 'unset' }
  | { readonly kind: 'unknown' };

/** The values of a module in an environment. Secrets are the names of Kubernetes Secrets, never what is in them. */
export function substitutionScope(
  input: RenderInput,
  module: PlannedModule,
): SubstitutionScope {
  const { definition, release, parameters } = module;
  const { owner } = input.tenant;
  return {
    values: {
      parameters,
      tenant: { name: input.tenant.name, ...(owner && { owner }) },
      environment: {
        name: input.spec.name,
        cluster: input.spec.cluster,
        namespace: input.namespace,
        tier: input.spec.tier,
      },
      module: { name: definition.name, version: release.version },
      release: { version: release.version },
      secrets: Object.fromEntries(
        release.secrets.map(({ name }) => [name, name]),
      ),
    },
    schema: schemaObject(release.parameters),
  };
}

function schemaObject(schema: unknown): JsonObject | undefined {
  return isJsonObject(schema) ? schema : undefined;
}

/** Looks up own fields and list positions only: nothing an object inherits can be named. */
export function lookUp(
  scope: SubstitutionScope,
  path: readonly string[],
): Lookup {
  const value = path.reduce<JsonValue | undefined>(step, scope.values);
  if (value !== undefined) return { kind: 'value', value };
  return mayBeUnset(scope, path) ? { kind: 'unset' } : { kind: 'unknown' };
}

function step(value: JsonValue | undefined, name: string) {
  if (Array.isArray(value)) {
    return /^(0|[1-9][0-9]{0,5})$/.test(name) ? value[Number(name)] : undefined;
  }
  return field(value, name);
}

function mayBeUnset(
  { schema }: SubstitutionScope,
  path: readonly string[],
): boolean {
  const [root, ...rest] = path;
  if (root === 'tenant') return rest.join('.') === 'owner';
  return root === 'parameters' && rest.length > 0 && declares(schema, rest);
}

/** Whether a schema leaves room for a value at a path. Without a word on it, it does not; what follows a reference or an alternative is not looked into. */
function declares(schema: unknown, path: readonly string[]): boolean {
  const [name, ...rest] = path;
  if (name === undefined) return true;
  const opaque = ['$ref', 'oneOf', 'anyOf', 'allOf'].some(
    key => field(schema, key) !== undefined,
  );
  if (opaque) return true;
  const items = field(schema, 'items');
  if (items !== undefined) return declares(items, rest);
  const property = field(field(schema, 'properties'), name);
  if (property !== undefined) return declares(property, rest);
  const others = field(schema, 'additionalProperties');
  return others === true || (isJsonObject(others) && declares(others, rest));
}
