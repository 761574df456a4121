// SPDX-License-Identifier: Apache-2.0
import { definitions } from '../../kinds/schema/Definitions';
import type { Kind } from '../../kinds/Kind';
import type { JsonRecord } from '../json';

const TIMES: ReadonlySet<string> = new Set(['Time', 'MicroTime']);

/** The one kind whose message is not published. */
const DEFINITION: JsonRecord = {
  metadata: { creationTimestamp: null },
  spec: {
    group: '',
    names: { plural: '', kind: '' },
    scope: '',
    versions: null,
  },
};

/**
 * What Go writes for an object nothing was said about: members it holds by value are there even so. A create takes
 * ownership of what differs from this.
 */
export function zeroObject(kind: Kind): JsonRecord {
  const name = definitions.nameOf(kind.apiVersion, kind.kind);
  if (kind.custom || name === undefined) return {};
  return kind.kind === 'CustomResourceDefinition' ? DEFINITION : zeroOf(name);
}

function zeroOf(name: string): JsonRecord {
  const result: JsonRecord = {};
  const required = new Set(definitions.all().get(name)?.required);
  for (const [member, type, byValue] of Object.values(
    definitions.message(name) ?? {},
  )) {
    const ref = type.startsWith('#') ? type.slice(1) : undefined;
    if (type.startsWith('^')) Object.assign(result, zeroOf(type.slice(2)));
    else if (ref !== undefined && byValue) result[member] = zeroMember(ref);
    else if (required.has(member))
      result[member] = byValue ? zeroScalar(type) : null;
  }
  return result;
}

function zeroMember(ref: string): unknown {
  if (TIMES.has(ref.split('.').at(-1) ?? '')) return null;
  return definitions.message(ref) ? zeroOf(ref) : null;
}

function zeroScalar(type: string): unknown {
  if (type === 'string') return '';
  return type === 'bool' ? false : 0;
}
