// SPDX-License-Identifier: Apache-2.0
import {
  isRecord,
  recordOf,
  recordsOf,
  textOf,
  valueAt,
} from '../storage/json';
import type { KubeObject } from '../storage/Objects';
import { BUILTIN_KINDS } from './builtinKinds';
import { kindOf, type Kind } from './Kind';

/** Which kinds the API serves now: the table’s, and those of CustomResourceDefinitions. */
export class KindRegistry {
  private readonly byResource = new Map<string, Kind>(
    BUILTIN_KINDS.map(kind => [kind.resource, kind]),
  );

  /** By plural with group, as in `deployments.apps`. */
  get(resource: string): Kind | undefined {
    return this.byResource.get(resource);
  }

  /** By the words of a path. */
  find(group: string, version: string, plural: string): Kind | undefined {
    const kind = this.byResource.get(group ? `${plural}.${group}` : plural);
    return kind?.version === version ? kind : undefined;
  }

  all(): readonly Kind[] {
    return [...this.byResource.values()];
  }

  add(kind: Kind): void {
    this.byResource.set(kind.resource, kind);
  }

  remove(resource: string): void {
    this.byResource.delete(resource);
  }
}

/** The kind a CustomResourceDefinition defines, in its storage version. */
export function kindOfDefinition(definition: KubeObject): Kind | undefined {
  const spec = recordOf(definition.spec);
  const names = recordOf(spec.names);
  const versions = recordsOf(spec.versions).filter(
    version => version.served !== false,
  );
  const version = versions.find(item => item.storage === true) ?? versions[0];
  const group = textOf(spec.group);
  const plural = textOf(names.plural);
  const kind = textOf(names.kind);
  if (!version || !group || !plural || !kind) return undefined;
  const subresources = recordOf(version.subresources);
  return kindOf({
    api: `${group}/${textOf(version.name) ?? 'v1'}`,
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
  });
}

function texts(value: unknown): string[] {
  return Array.isArray(value)
    ? value.filter(item => typeof item === 'string')
    : [];
}
