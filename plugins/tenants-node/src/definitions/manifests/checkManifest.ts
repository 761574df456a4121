// SPDX-License-Identifier: Apache-2.0
import type { ModuleScope } from '@tenantry/backstage-plugin-tenants-common';
import type { LocatedProblem } from '../DefinitionFile';
import type { JsonObject, JsonValue } from '../ModuleCatalogue';
import {
  problemAt,
  problemAtKey,
  within,
  type Place,
  type ProblemWords,
} from '../Place';
import { suggestion } from '../suggestion';
import { checkSubstitutions, type DeclaredNames } from './checkSubstitutions';
import { checkCondition } from './conditions';
import { isJsonObject } from './jsonObject';
import { undeclaredSecrets } from './undeclaredSecrets';
import { isTenantKind, TENANT_KINDS } from './tenantKinds';

/** What the objects of a release are held to. */
export type ManifestContext = DeclaredNames & {
  readonly scope: ModuleScope;
  /** Kinds allowed beside {@link TENANT_KINDS}, as `apiVersion/Kind`. */
  readonly allowedKinds: readonly string[];
};

const OBJECT_NAME = /^[a-z0-9]([-a-z0-9.]{0,251}[a-z0-9])?$/;

/** What is wrong with one Kubernetes object of a release. */
export function checkManifest(
  place: Place,
  context: ManifestContext,
): readonly LocatedProblem[] {
  const { value } = place.document;
  if (!isJsonObject(value)) {
    const words = {
      rule: 'manifest',
      message: 'This is not a Kubernetes object.',
      remedy: 'Write apiVersion, kind and metadata.name.',
    };
    return [problemAt(place, words)];
  }
  const { when, ...object } = value;
  return [
    ...checkIdentity(object, place, context),
    ...checkMetadata(object.metadata, place),
    ...(when === undefined ? [] : checkWhen(when, place, context)),
    ...checkSubstitutions(object, place, context),
    ...undeclaredSecrets(object, place, context.secrets),
  ];
}

function checkIdentity(
  { apiVersion, kind }: JsonObject,
  place: Place,
  { scope, allowedKinds }: ManifestContext,
): LocatedProblem[] {
  const at = (key: string, words: ProblemWords) => [
    problemAt(within(place, key), words),
  ];
  for (const [key, value] of Object.entries({ apiVersion, kind })) {
    if (typeof value !== 'string' || value === '') {
      return at(key, {
        rule: 'manifest',
        message: `The object has no ${key}.`,
        remedy: `Add ${key}, as in any Kubernetes object.`,
      });
    }
    if (value.includes('${{')) return at(key, noSubstitution(key));
  }
  if (typeof apiVersion !== 'string' || typeof kind !== 'string') return [];
  if (kind === 'List' || kind.endsWith('List')) {
    return at('kind', {
      rule: 'manifest',
      message: `"${kind}" is a list of objects.`,
      remedy: 'Write each object as a document of its own, separated by "---".',
    });
  }
  if (scope === 'cluster' || isTenantKind(apiVersion, kind)) return [];
  if (allowedKinds.includes(`${apiVersion}/${kind}`)) return [];
  return at('kind', kindNotAllowed(apiVersion, kind));
}

function kindNotAllowed(apiVersion: string, kind: string): ProblemWords {
  const rule = 'kind-not-allowed';
  const message = `A module of tenants may not hold ${apiVersion} ${kind}.`;
  if (apiVersion === 'v1' && kind === 'Secret') {
    return {
      rule,
      message,
      remedy:
        'List the secret under "secrets" of the release; its value is set or generated per environment.',
    };
  }
  const sameKind = [...TENANT_KINDS].find(known => known.endsWith(`/${kind}`));
  return {
    rule,
    message,
    remedy: sameKind
      ? `Did you mean apiVersion "${sameKind.slice(0, -kind.length - 1)}"?`
      : `Leave it out, or make the module one of the cluster (scope: cluster). Allowed are: ${[
          ...TENANT_KINDS,
        ]
          .map(known => known.split('/').pop())
          .join(', ')}.`,
  };
}

function noSubstitution(what: string): ProblemWords {
  return {
    rule: 'substitution-place',
    message: `${what} holds a substitution.`,
    remedy: `Write ${what} out; values can only be put in elsewhere.`,
  };
}

function checkMetadata(
  metadata: JsonValue | undefined,
  place: Place,
): LocatedProblem[] {
  const { name, namespace } = isJsonObject(metadata) ? metadata : {};
  const problems: LocatedProblem[] = [];
  if (typeof name !== 'string' || name === '') {
    const words = {
      rule: 'manifest',
      message: 'The object has no metadata.name.',
      remedy: 'Give it a name; generateName is not supported.',
    };
    problems.push(problemAt(within(place, 'metadata', 'name'), words));
  } else if (!name.includes('${{') && !OBJECT_NAME.test(name)) {
    const words = {
      rule: 'name',
      message: `metadata.name is ${JSON.stringify(
        name.slice(0, 80),
      )}, which is not a name of Kubernetes.`,
      remedy: 'Use lower-case letters, digits, "-" and "." only.',
    };
    problems.push(problemAt(within(place, 'metadata', 'name'), words));
  }
  if (namespace !== undefined) {
    const words = {
      rule: 'namespace',
      message: 'The object names a namespace.',
      remedy:
        'Remove metadata.namespace: objects land in the namespace of the environment.',
    };
    problems.push(problemAtKey(within(place, 'metadata', 'namespace'), words));
  }
  return problems;
}

function checkWhen(
  when: JsonValue,
  place: Place,
  { parameters }: ManifestContext,
): LocatedProblem[] {
  const at = within(place, 'when');
  const checked =
    typeof when === 'string'
      ? checkCondition(when)
      : ({ ok: false, message: 'it is not text' } as const);
  if (!checked.ok) {
    const words = {
      rule: 'condition',
      message: `"when" is not a CEL condition: ${checked.message}.`,
      remedy:
        'Write a condition such as "parameters.replicas > 1" or "\'grafana\' in modules".',
    };
    return [problemAt(at, words)];
  }
  return checked.parameters
    .filter(name => !parameters.includes(name))
    .map(name =>
      problemAt(at, {
        rule: 'unknown-parameter',
        message: `"when" reads the parameter "${name}", which the release does not declare.`,
        remedy: suggestion(name, parameters),
      }),
    );
}
