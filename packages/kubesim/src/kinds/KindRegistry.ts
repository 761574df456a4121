// SPDX-License-Identifier: Apache-2.0
import {
  isRecord,
  recordOf,
  recordsOf,
  textOf,
  valueAt,
  type JsonRecord,
} from '../storage/json';
import type { KubeObject } from '../storage/Objects';
import { BUILTIN_KINDS } from './builtinKinds';
import { AUTOSCALERS, autoscalerV1 } from './autoscalerV1';
import { kindOf, type Conversion, type Kind, type ScalePaths } from './Kind';
import type { Schema } from './schema/Schema';

/** Which kinds the API serves now: the table’s, and those of CustomResourceDefinitions. */
export class KindRegistry {
  private readonly byResource = new Map<string, Kind>();
  private readonly versions = new Map<string, readonly Kind[]>();

  constructor() {
    for (const kind of BUILTIN_KINDS) this.add(kind);
    const autoscalers = this.get(AUTOSCALERS);
    if (autoscalers) this.add(autoscalers, autoscalerV1(autoscalers));
  }

  /** By plural with group, as in `deployments.apps`: in the version it is stored in. */
  get(resource: string): Kind | undefined {
    return this.byResource.get(resource);
  }

  /** By the words of a path, in any version that is served. */
  find(group: string, version: string, plural: string): Kind | undefined {
    return this.versions
      .get(group ? `${plural}.${group}` : plural)
      ?.find(kind => kind.version === version && kind.served);
  }

  /** Each kind once, in the version it is stored in. */
  all(): readonly Kind[] {
    return [...this.byResource.values()];
  }

  /** Every version of every kind that is served. */
  served(): readonly Kind[] {
    return [...this.versions.values()].flat().filter(kind => kind.served);
  }

  /** Adds or replaces a kind, and the other versions it is served in. */
  add(stored: Kind, ...others: readonly Kind[]): void {
    this.byResource.set(stored.resource, stored);
    this.versions.set(stored.resource, [stored, ...others]);
  }

  remove(resource: string): void {
    this.byResource.delete(resource);
    this.versions.delete(resource);
  }
}

/** The kind a CustomResourceDefinition defines: its storage version first, then the others. */
export function kindsOfDefinition(definition: KubeObject): Kind[] {
  const versions = recordsOf(definition.spec?.versions);
  const stored =
    versions.find(item => item.storage === true) ?? versions[0] ?? {};
  const kind = kindOfVersion(definition, stored);
  if (!kind) return [];
  const others = versions.flatMap(version => {
    const other =
      version === stored ? undefined : kindOfVersion(definition, version);
    return other
      ? [{ ...other, stored: kind, convert: renamed(kind, other) }]
      : [];
  });
  return [kind, ...others];
}

/** Conversion between versions changes nothing but the version. */
function renamed(stored: Kind, other: Kind): Conversion {
  const as = (apiVersion: string) => (object: JsonRecord) => ({
    kind: stored.kind,
    ...object,
    apiVersion,
  });
  return { toStored: as(stored.apiVersion), fromStored: as(other.apiVersion) };
}

function kindOfVersion(
  definition: KubeObject,
  version: JsonRecord,
): Kind | undefined {
  const spec = recordOf(definition.spec);
  const names = recordOf(spec.names);
  const [group, plural] = [textOf(spec.group), textOf(names.plural)];
  const [kind, name] = [textOf(names.kind), textOf(version.name)];
  if (!group || !plural || !kind || !name) return undefined;
  const subresources = recordOf(version.subresources);
  return kindOf({
    api: `${group}/${name}`,
    kind,
    plural,
    singular: textOf(names.singular),
    short: texts(names.shortNames),
    categories: texts(names.categories),
    cluster: spec.scope === 'Cluster',
    generation: true,
    sub: [
      ...(isRecord(subresources.status) ? (['status'] as const) : []),
      ...(isRecord(subresources.scale) ? (['scale'] as const) : []),
    ],
    custom: true,
    columns: recordsOf(valueAt(version, ['additionalPrinterColumns'])),
    schema: schemaOf(version),
    scale: scaleOf(subresources.scale),
    served: version.served !== false,
  });
}

/** The definition is validated when it is written, so its schema is taken as it stands. */
function schemaOf(version: JsonRecord): Schema | undefined {
  const schema = recordOf(version.schema).openAPIV3Schema;
  return isRecord(schema) ? schema : undefined;
}

function scaleOf(value: unknown): ScalePaths | undefined {
  const { specReplicasPath, statusReplicasPath, labelSelectorPath } =
    recordOf(value);
  const spec = textOf(specReplicasPath);
  const status = textOf(statusReplicasPath);
  if (spec === undefined || status === undefined) return undefined;
  return {
    specReplicasPath: spec,
    statusReplicasPath: status,
    labelSelectorPath: textOf(labelSelectorPath),
  };
}

function texts(value: unknown): string[] {
  return Array.isArray(value)
    ? value.filter(item => typeof item === 'string')
    : [];
}
